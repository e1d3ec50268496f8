package io.autoseed.infra.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds and signals the processes of a component, by what {@code /proc} says of them. */
final class ProcessTable {
  /**
   * In every component's environment: the run directory and the name, so that it is found again.
   */
  static final String MARK = "AUTOSEED_COMPONENT";

  private static final Path PROC = Path.of("/proc");

  private ProcessTable() {}

  static String mark(RunDirectory run, String name) {
    return run.root() + "//" + name;
  }

  /** Living processes that carry the component's mark, or are its strays. */
  static List<Long> members(RunDirectory run, ComponentSpec spec) {
    String mark = MARK + "=" + mark(run, spec.name());
    List<Long> members = new ArrayList<>();
    for (long pid : all()) {
      if ((marked(pid, mark) || stray(pid, spec)) && ProcessIdentity.of(pid).isPresent()) {
        members.add(pid);
      }
    }
    return members;
  }

  /** Sends a signal to a whole process group; that the group is gone already is no error. */
  static void signalGroup(long group, String signal) {
    signal("-" + group, signal);
  }

  /** Sends a signal to one process; that it is gone already is no error. */
  static void signalProcess(long pid, String signal) {
    signal(Long.toString(pid), signal);
  }

  private static void signal(String target, String signal) {
    // Java cannot signal a group; the shell's built-in can, on every system.
    Path nowhere = Path.of("/dev/null");
    try {
      new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal, target)
          .redirectInput(nowhere.toFile())
          .redirectOutput(nowhere.toFile())
          .redirectError(nowhere.toFile())
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException("/bin/sh could not be started to signal " + target, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<Long> all() {
    List<Long> pids = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        pids.add(Long.parseLong(entry.getFileName().toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the processes in /proc could not be listed", e);
    }
    return pids;
  }

  private static boolean marked(long pid, String mark) {
    try {
      byte[] environment = Files.readAllBytes(PROC.resolve(pid + "/environ"));
      String text = "\0" + new String(environment, StandardCharsets.UTF_8) + "\0";
      return text.contains("\0" + mark + "\0");
    } catch (IOException e) {
      return false; // gone, or another user's
    }
  }

  private static boolean stray(long pid, ComponentSpec spec) {
    if (spec.strayProgram().isEmpty()) {
      return false;
    }
    try {
      Path program = Files.readSymbolicLink(PROC.resolve(pid + "/exe")).getFileName();
      return program != null
          && program.toString().equals(spec.strayProgram())
          && Files.readSymbolicLink(PROC.resolve(pid + "/cwd"))
              .equals(spec.directory().toRealPath());
    } catch (IOException e) {
      return false;
    }
  }
}
