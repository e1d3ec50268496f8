package io.autoseed.learning.dataset;

import java.nio.file.Path;
import java.util.List;

/** Files below a root, in a folder or a zip. No path leaves the root. Safe for several threads. */
interface FileTree extends AutoCloseable {
  Path root();

  /** Names of the folders at the top, sorted, without hidden ones. */
  List<String> folders();

  /** Paths {@code folder/class/file} of the files two levels below a top folder, sorted. */
  List<String> files(String folder);

  boolean has(String path);

  /**
   * A file's bytes.
   *
   * @throws DataSetException if it is no file, is larger than {@code most} bytes or leads outside
   */
  byte[] read(String path, int most);

  @Override
  void close();
}
