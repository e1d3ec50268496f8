package io.autoseed.infra.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/** Lets one {@code up} or {@code down} at a time work on a stack; the others wait. */
final class StackLock {
  private StackLock() {}

  /** Does {@code work} while nobody else holds the lock on {@code file}. */
  static <T> T holding(Path file, Progress progress, Supplier<T> work) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      for (boolean told = false; ; Waiting.pause(100)) {
        if (tryLock(channel) != null) {
          return work.get();
        }
        if (!told) {
          progress.say("waiting for another up or down of this stack");
          told = true;
        }
      }
    } catch (IOException e) {
      throw new StackException(file + " could not be locked (" + e + ")", e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by another thread of this JVM
    }
  }
}
