package io.autoseed.infra.install;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One installation of a thing at a time, over all processes and threads. */
final class FileLocks {
  private FileLocks() {}

  static void holding(Path file, Runnable work) {
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        while (tryLock(channel) == null) {
          Thread.sleep(100);
        }
        work.run();
      }
    } catch (IOException e) {
      throw new InstallException(file + " could not be locked: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InstallException("interrupted while waiting for " + file, e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // another thread of this JVM is at it
    }
  }
}
