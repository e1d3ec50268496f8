package io.autoseed.learning.encoder;

/** Hears in a line what takes long: a download, a first computation. */
@FunctionalInterface
public interface Progress {
  /** Hears nothing. */
  Progress SILENT = line -> {};

  void step(String line);
}
