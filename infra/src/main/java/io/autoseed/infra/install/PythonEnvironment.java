package io.autoseed.infra.install;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.function.Consumer;

/**
 * The pinned Python programs: MLflow, Temporal's and SeaweedFS's binaries. One implementation
 * installs them, {@code infra/python/install.sh}, which the launcher calls while Maven builds.
 *
 * @param folder of the environment
 */
public record PythonEnvironment(Path folder) {

  /** Path of one of the environment's programs. */
  public Path program(String name) {
    return folder.resolve("bin").resolve(name);
  }

  /** The version that the lock pins for a package. */
  public static String pinned(String requirement) {
    String lock = new String(resource("requirements.lock"), StandardCharsets.UTF_8);
    return lock.lines()
        .filter(line -> line.startsWith(requirement + "=="))
        .findFirst()
        .map(line -> line.substring(requirement.length() + 2).replaceFirst("[ ;\\\\].*", ""))
        .orElseThrow(() -> new InstallException("requirements.lock does not pin " + requirement));
  }

  /**
   * Installs what is missing; an installed environment costs a tenth of a second.
   *
   * @param cache the folder of everything that can be installed again
   * @param progress is told what goes on
   */
  public static PythonEnvironment ensure(Path cache, Consumer<String> progress) {
    try {
      Path script = scripts(cache);
      ProcessBuilder builder = new ProcessBuilder("bash", script.toString());
      builder.environment().put("AUTOSEED_CACHE", cache.toString());
      Process process = builder.start();
      process.getOutputStream().close();
      StringBuilder last = new StringBuilder();
      Thread reader =
          new Thread(() -> follow(process.getErrorStream(), progress, last), "python-install");
      reader.setDaemon(true);
      reader.start();
      String folder =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      reader.join();
      if (code != 0) {
        throw new InstallException("the Python programs are not installed: " + last);
      }
      return new PythonEnvironment(Path.of(folder));
    } catch (IOException e) {
      throw new InstallException("the Python programs are not installed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstallException("interrupted while installing the Python programs", e);
    }
  }

  private static void follow(InputStream in, Consumer<String> progress, StringBuilder last) {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        progress.accept(line);
        last.setLength(0);
        last.append(line);
      }
    } catch (IOException e) {
      progress.accept("the installation's messages could not be read: " + e.getMessage());
    }
  }

  /** The script and the lock, unpacked from this build into the cache under their digest. */
  private static Path scripts(Path cache) throws IOException {
    byte[] script = resource("install.sh");
    byte[] lock = resource("requirements.lock");
    String digest = HexFormat.of().formatHex(Digests.sha256(script, lock)).substring(0, 16);
    Path folder = cache.resolve("python").resolve("scripts-" + digest);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(cache.resolve("python"));
      Path draft = Files.createTempDirectory(cache.resolve("python"), ".scripts-");
      Files.write(draft.resolve("install.sh"), script);
      Files.write(draft.resolve("requirements.lock"), lock);
      try {
        Files.move(draft, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        if (!Files.isDirectory(folder)) { // else another process was first
          throw e;
        }
      }
    }
    return folder.resolve("install.sh");
  }

  private static byte[] resource(String name) {
    try (InputStream in =
        PythonEnvironment.class.getResourceAsStream("/io/autoseed/infra/python/" + name)) {
      if (in == null) {
        throw new InstallException("this build lacks " + name + ": build it again");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new InstallException(name + " could not be read from this build", e);
    }
  }
}
