package io.autoseed.infra.stack;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The room on the disk that a stack's own object store lies on. SeaweedFS refuses to begin a new
 * file when little is left, while everything it is asked in passing still succeeds.
 *
 * @param folder of the stack
 */
public record DiskRoom(Path folder, long freeBytes, long totalBytes) {
  /** SeaweedFS refused at 1.3 % free when it was met. */
  private static final double LEAST_SHARE = 0.02;

  private static final long LEAST_BYTES = 1L << 30;
  private static final double GIB = 1L << 30;

  /**
   * What is free now.
   *
   * @throws StackException if the folder is not there or cannot be read
   */
  public static DiskRoom at(Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      return new DiskRoom(folder, store.getUsableSpace(), store.getTotalSpace());
    } catch (IOException e) {
      throw new StackException("how much is free at " + folder + " cannot be told (" + e + ")", e);
    }
  }

  /** The {@link #warning} of what is free now, or that it cannot be told; never fails. */
  static String warningAt(Path folder) {
    try {
      return at(folder).warning();
    } catch (StackException e) {
      return e.getMessage();
    }
  }

  /** What is wrong and what to do, or nothing. */
  String warning() {
    double share = (double) freeBytes / totalBytes;
    if (freeBytes >= LEAST_BYTES && share >= LEAST_SHARE) {
      return "";
    }
    return ("The disk of %s has %.1f GiB free (%.1f %%): the object store may refuse to write, and runs"
            + " wait until there is room. Free some; autoseed gc says what nothing needs.")
        .formatted(folder, freeBytes / GIB, 100 * share);
  }
}
