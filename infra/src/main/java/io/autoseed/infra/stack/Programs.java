package io.autoseed.infra.stack;

import java.nio.file.Path;

/**
 * Where the programs are that a stack's components run; empty paths where nothing is started.
 *
 * @param postgresBin folder of {@code initdb} and {@code postgres}
 * @param objectStore {@code weed} or {@code minio}
 */
record Programs(Path postgresBin, Path objectStore, Path temporal, Path mlflow) {
  private static final Path NONE = Path.of("");

  /** For looking at a stack, which starts nothing. */
  static Programs unknown() {
    return new Programs(NONE, NONE, NONE, NONE);
  }

  Programs withPostgres(Path bin) {
    return new Programs(bin, objectStore, temporal, mlflow);
  }

  Programs withObjectStore(Path program) {
    return new Programs(postgresBin, program, temporal, mlflow);
  }

  Programs withTemporal(Path program) {
    return new Programs(postgresBin, objectStore, program, mlflow);
  }

  Programs withMlflow(Path program) {
    return new Programs(postgresBin, objectStore, temporal, program);
  }
}
