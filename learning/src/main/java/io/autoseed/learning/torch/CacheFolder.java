package io.autoseed.learning.torch;

import java.nio.file.Path;

/**
 * Where what can be installed again lies: models and native libraries, once for all clones and
 * stacks of a user.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** {@code AUTOSEED_CACHE}, else {@code ~/.cache/autoseed}. */
  public static Path path() {
    String set = System.getenv("AUTOSEED_CACHE");
    return set == null || set.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "autoseed")
        : Path.of(set).toAbsolutePath().normalize();
  }
}
