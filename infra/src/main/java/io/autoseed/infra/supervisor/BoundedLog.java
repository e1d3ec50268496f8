package io.autoseed.infra.supervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log that others append to, kept to a size while they write: what is beyond it becomes the
 * predecessor {@code NAME.1}, and the file starts again from nothing. Writers that opened it for
 * appending go on at its new end; a line written between the copy and the cut is lost.
 *
 * @param file the log
 * @param limit in bytes
 */
record BoundedLog(Path file, long limit) {
  private static final long LIMIT = 20L << 20;

  static BoundedLog of(Path file) {
    return new BoundedLog(file, LIMIT);
  }

  /** Cuts the log if it has outgrown its limit; on a full disk without keeping a predecessor. */
  void trim() {
    try {
      if (!Files.exists(file) || Files.size(file) <= limit) {
        return;
      }
      try {
        Files.copy(
            file,
            file.resolveSibling(file.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      } finally {
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)
            .close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(file + " could not be cut", e);
    }
  }
}
