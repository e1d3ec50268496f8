package io.autoseed.learning.shared;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The larger reference data, which only some machines have; a test without it is skipped. */
public final class SharedFolder {
  private SharedFolder() {}

  /** The folder of system property or environment variable AUTOSEED_SHARED, or a sibling. */
  public static Path orSkip() {
    String set = System.getProperty("AUTOSEED_SHARED", System.getenv("AUTOSEED_SHARED"));
    Path folder = set == null ? Path.of("..", "..", "shared") : Path.of(set);
    assumeTrue(Files.isDirectory(folder.resolve("golden")), "no reference data at " + folder);
    return folder;
  }
}
