package io.autoseed.infra.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the machine: what the local stack needs of it and does not bring itself.
 *
 * @param home the stack's folder, made or not
 * @param cache the folder of what is installed
 * @param wantedPorts ports that must be free, with the component that wants each
 * @param environment variables of the process
 */
public record MachineCheck(
    Path home, Path cache, Map<Integer, String> wantedPorts, Map<String, String> environment) {
  private static final long GIB = 1L << 30;
  private static final long HOME_BYTES = 2 * GIB;
  private static final long CACHE_BYTES = 4 * GIB;
  private static final long MEMORY_BYTES = 4 * GIB;

  /** Wheels of manylinux_2_28 and libtorch are built against it. */
  private static final int GLIBC_MINOR = 28;

  private static final List<String> TOOLS =
      List.of("bash", "setsid", "flock", "sha256sum", "awk", "sync");

  /** All findings, the fine ones included. */
  public List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(platform());
    findings.add(glibc());
    findings.add(python());
    findings.add(tools());
    findings.add(memory());
    findings.add(disk("disk-home", home, HOME_BYTES, "AUTOSEED_HOME"));
    findings.add(disk("disk-cache", cache, CACHE_BYTES, "AUTOSEED_CACHE"));
    findings.addAll(ports());
    return findings;
  }

  private static Finding platform() {
    String found = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).equals("linux");
    return linux && System.getProperty("os.arch").equals("amd64")
        ? Finding.fine("platform", found)
        : Finding.problem(
            "platform", found, "use Linux on x86_64, the only platform of the pinned programs");
  }

  static Finding glibc() {
    String found = output("getconf", "GNU_LIBC_VERSION").orElse("no GNU C library");
    Matcher version = Pattern.compile("glibc 2\\.(\\d+)").matcher(found);
    return version.find() && Integer.parseInt(version.group(1)) >= GLIBC_MINOR
        ? Finding.fine("glibc", found)
        : Finding.problem(
            "glibc",
            found + ", expected 2." + GLIBC_MINOR + " or newer",
            "use Debian 10, Ubuntu 20.04, RHEL 8 or newer (Alpine's musl does not do)");
  }

  private Finding python() {
    String chosen = environment.getOrDefault("AUTOSEED_PYTHON", "");
    List<String> candidates =
        chosen.isEmpty()
            ? List.of(
                "python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10")
            : List.of(chosen);
    String script =
        "import sys, venv, ensurepip; print('%d.%d' % sys.version_info[:2]);"
            + " sys.exit(sys.version_info[:2] < (3, 10))";
    for (String candidate : candidates) {
      Optional<String> version = output(candidate, "-c", script);
      if (version.isPresent()) {
        return Finding.fine("python", candidate + " is " + version.get());
      }
    }
    return Finding.problem(
        "python",
        "no Python 3.10 or newer with its venv and ensurepip modules among "
            + String.join(", ", candidates),
        "apt-get install python3 python3-venv, or set AUTOSEED_PYTHON to one");
  }

  private static Finding tools() {
    List<String> missing =
        TOOLS.stream().filter(tool -> output("sh", "-c", "command -v " + tool).isEmpty()).toList();
    return missing.isEmpty()
        ? Finding.fine("tools", String.join(", ", TOOLS))
        : Finding.problem(
            "tools",
            "missing: " + String.join(", ", missing),
            "apt-get install bash util-linux coreutils mawk");
  }

  private static Finding memory() {
    try {
      String info = Files.readString(Path.of("/proc/meminfo"));
      Matcher available = Pattern.compile("MemAvailable:\\s+(\\d+) kB").matcher(info);
      if (!available.find()) {
        return Finding.note("memory", "/proc/meminfo does not tell", "");
      }
      long bytes = Long.parseLong(available.group(1)) * 1024;
      String found = gib(bytes) + " available";
      return bytes >= MEMORY_BYTES
          ? Finding.fine("memory", found)
          : Finding.problem(
              "memory",
              found + ", expected " + gib(MEMORY_BYTES),
              "end other programs, or give the machine or container more memory");
    } catch (IOException e) {
      return Finding.note("memory", "unknown: " + e.getMessage(), "");
    }
  }

  private static Finding disk(String check, Path folder, long needed, String variable) {
    Path existing = folder;
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    try {
      FileStore store = Files.getFileStore(existing);
      String found = gib(store.getUsableSpace()) + " free at " + folder;
      if (!Files.isWritable(existing)) {
        return Finding.problem(
            check, existing + " cannot be written", "set " + variable + " to another folder");
      }
      return store.getUsableSpace() >= needed
          ? Finding.fine(check, found)
          : Finding.problem(
              check,
              found + ", expected " + gib(needed),
              "free some, or set " + variable + " to a folder on another disk");
    } catch (IOException e) {
      return Finding.problem(
          check,
          folder + " cannot be looked at: " + e.getMessage(),
          "set " + variable + " to another folder");
    }
  }

  private List<Finding> ports() {
    List<Finding> taken = new ArrayList<>();
    wantedPorts.forEach(
        (port, component) -> {
          if (!Loopback.isFree(port)) {
            taken.add(
                Finding.problem(
                    "ports",
                    "port %d of 127.0.0.1, wanted by %s, is taken".formatted(port, component),
                    "ss -ltnp 'sport = :%d' shows by whom; end it, or set AUTOSEED_PORT_BASE"
                        .formatted(port)));
          }
        });
    return taken.isEmpty()
        ? List.of(
            Finding.fine(
                "ports",
                wantedPorts.isEmpty()
                    ? "all of the stack's are its own"
                    : "the %d that the stack still needs are free".formatted(wantedPorts.size())))
        : taken;
  }

  /** What a command prints, if it ends well within ten seconds. */
  private static Optional<String> output(String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String text =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      boolean ended = process.waitFor(10, TimeUnit.SECONDS);
      return ended && process.exitValue() == 0 ? Optional.of(text) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / (double) GIB);
  }
}
