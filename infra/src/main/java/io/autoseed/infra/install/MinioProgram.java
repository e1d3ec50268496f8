package io.autoseed.infra.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * MinIO's server: the one on the PATH, else built once from source with Go, since its project
 * publishes no programs any more.
 */
public final class MinioProgram {
  /** The last commit before the project was archived. */
  public static final String VERSION = "v0.0.0-20260212201848-7aac2a2c5b7c";

  private MinioProgram() {}

  /** Whether {@link #ensure} can succeed without a network: it is there, or was built before. */
  public static boolean present(Path cache) {
    return PathPrograms.find("minio").isPresent() || Files.isExecutable(built(cache));
  }

  /** Whether it could be built. */
  public static boolean buildable() {
    return PathPrograms.find("go").isPresent();
  }

  /** Finds or builds it; building takes some ten minutes of one processor, once. */
  public static PathPrograms.Found ensure(Path cache, Consumer<String> progress) {
    Optional<PathPrograms.Found> onPath = PathPrograms.minio();
    if (onPath.isPresent()) {
      return onPath.get();
    }
    Path program = built(cache);
    if (!Files.isExecutable(program)) {
      FileLocks.holding(
          cache.resolve("minio").resolve(VERSION + ".lock"),
          () -> {
            if (!Files.isExecutable(program)) {
              build(cache, program, progress);
            }
          });
    }
    return new PathPrograms.Found(program, VERSION);
  }

  private static Path built(Path cache) {
    return cache.resolve("minio").resolve(VERSION).resolve("minio");
  }

  private static void build(Path cache, Path program, Consumer<String> progress) {
    if (!buildable()) {
      throw new InstallException(
          "minio is not on the PATH and there is no Go to build it: install MinIO or Go 1.24 or"
              + " newer, or leave --object-store out");
    }
    progress.accept("building MinIO with Go (once; some ten minutes of one processor)");
    Path log = cache.resolve("minio").resolve("build.log");
    try {
      Path draft = Files.createTempDirectory(cache.resolve("minio"), ".new-");
      ProcessBuilder builder =
          new ProcessBuilder("go", "install", "-trimpath", "github.com/minio/minio@" + VERSION)
              .directory(draft.toFile())
              .redirectInput(Path.of("/dev/null").toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(Map.of("GOBIN", draft.toString(), "CGO_ENABLED", "0"));
      if (builder.start().waitFor() != 0) {
        throw new InstallException("MinIO could not be built: see " + log);
      }
      Files.move(draft, program.getParent(), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new InstallException("MinIO could not be built (" + e + "): see " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstallException("interrupted while building MinIO", e);
    }
  }
}
