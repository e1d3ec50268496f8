package io.autoseed.infra.stack;

import java.nio.file.Path;

/**
 * Where the programs are that a stack's components run.
 *
 * @param postgresBin folder of {@code initdb} and {@code postgres}
 */
record Programs(Path postgresBin, Path weed, Path minio, Path temporal, Path mlflow) {
  /** For looking at a stack, which starts nothing. */
  static Programs unknown() {
    Path none = Path.of("");
    return new Programs(none, none, none, none, none);
  }
}
