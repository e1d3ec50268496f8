package io.autoseed.learning.encoder;

import java.nio.file.Path;

/** Where tests find and leave the model's files: {@code AUTOSEED_CACHE} or its default. */
final class CacheFolder {
  private CacheFolder() {}

  static Path path() {
    String set = System.getenv("AUTOSEED_CACHE");
    return set == null || set.isBlank()
        ? Path.of(System.getProperty("user.home"), ".cache", "autoseed")
        : Path.of(set);
  }
}
