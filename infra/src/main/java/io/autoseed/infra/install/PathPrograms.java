package io.autoseed.infra.install;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Programs of the user's own, found on the PATH, with a look at their versions. */
public final class PathPrograms {
  /** Oldest PostgreSQL whose SQL the catalog uses. */
  static final int OLDEST_POSTGRES = 14;

  /** Oldest Temporal server with what the workflows use, 1.x. */
  static final int OLDEST_TEMPORAL_MINOR = 29;

  /** Oldest MinIO whose conditional put holds under races. */
  static final int OLDEST_MINIO_YEAR = 2025;

  private PathPrograms() {}

  /**
   * A program and its version.
   *
   * @param file the program
   */
  public record Found(Path file, String version) {}

  /** PostgreSQL's {@code postgres}, with {@code initdb} beside it. */
  public static Found postgres() {
    Path postgres = require("postgres", "leave --postgres out to use the pinned one");
    Path initdb = real(postgres).resolveSibling("initdb");
    if (!Files.isExecutable(initdb)) {
      throw new InstallException(
          "initdb was expected beside "
              + real(postgres)
              + " and is not there: put PostgreSQL's own"
              + " bin folder on the PATH, or leave --postgres out");
    }
    String said = say(postgres, "--version");
    Matcher version = Pattern.compile("(\\d+)(\\.\\d+)?").matcher(said);
    if (!version.find() || Integer.parseInt(version.group(1)) < OLDEST_POSTGRES) {
      throw tooOld(postgres, "PostgreSQL " + OLDEST_POSTGRES, said);
    }
    return new Found(real(postgres), version.group());
  }

  /** Temporal's command line with its development server. */
  public static Found temporal() {
    Path temporal = require("temporal", "leave --temporal out to use the pinned one");
    String said = say(temporal, "--version");
    Matcher version = Pattern.compile("version ([\\d.]+).*Server 1\\.(\\d+)").matcher(said);
    if (!version.find() || Integer.parseInt(version.group(2)) < OLDEST_TEMPORAL_MINOR) {
      throw tooOld(temporal, "a Temporal server 1." + OLDEST_TEMPORAL_MINOR, said);
    }
    return new Found(temporal, version.group(1));
  }

  /** MinIO, if there is one; a build without a release date is taken at its word. */
  public static Optional<Found> minio() {
    return find("minio")
        .map(
            minio -> {
              String said = say(minio, "--version");
              Matcher version =
                  Pattern.compile("version (DEVELOPMENT\\S*|RELEASE\\.(\\d{4})\\S*)").matcher(said);
              boolean known = version.find();
              boolean dated = known && version.group(2) != null;
              if (!known || (dated && Integer.parseInt(version.group(2)) < OLDEST_MINIO_YEAR)) {
                throw tooOld(minio, "a MinIO release of " + OLDEST_MINIO_YEAR, said);
              }
              return new Found(minio, version.group(1));
            });
  }

  static Optional<Path> find(String name) {
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path candidate = Path.of(folder.isEmpty() ? "." : folder, name).toAbsolutePath();
      if (Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  private static Path require(String name, String otherwise) {
    return find(name)
        .orElseThrow(
            () -> new InstallException(name + " is not on the PATH: install it, or " + otherwise));
  }

  private static InstallException tooOld(Path program, String expected, String found) {
    return new InstallException(
        "%s was expected to be %s or newer and says \"%s\": update it, or leave the option out"
            .formatted(program, expected, found));
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw new InstallException(file + " could not be read: " + e.getMessage(), e);
    }
  }

  /** The first line a program prints. */
  private static String say(Path program, String argument) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), argument)
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .start();
      byte[] said = process.getInputStream().readAllBytes();
      process.waitFor();
      return new String(said, StandardCharsets.UTF_8).lines().findFirst().orElse("");
    } catch (IOException e) {
      throw new InstallException(program + " could not be started: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstallException("interrupted while asking " + program, e);
    }
  }
}
