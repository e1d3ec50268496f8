package io.autoseed.activities.store;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Objects on local disk by the SHA-256 of their content, at {@code <folder>/<2 digits>/<digest>}.
 *
 * <p>Files appear whole (written beside, then renamed), so processes may share a folder; a file
 * whose content was damaged is dropped on read. When more than {@code largest} bytes lie in the
 * folder, those read longest ago go first. Losing the folder costs time only, and so does a folder
 * that cannot be written: objects are fetched again.
 */
public final class ObjectCache {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectCache.class);

  private final Path folder;
  private final long largest;
  private long bytes = -1; // not yet counted
  private volatile boolean unusable;

  /**
   * @param largest bytes to keep, at least 0
   */
  public ObjectCache(Path folder, long largest) {
    this.folder = folder;
    this.largest = largest;
  }

  /** A cache that keeps nothing: whoever asks gets what the origin has now. */
  public static ObjectCache none() {
    return new ObjectCache(null, -1);
  }

  /** The object, from disk or else from {@code origin}, which is then kept. */
  public byte[] get(String sha256, Supplier<byte[]> origin) {
    Optional<byte[]> found = find(sha256);
    if (found.isPresent()) {
      return found.get();
    }
    byte[] fetched = origin.get();
    put(sha256, fetched);
    return fetched;
  }

  /** The object if it is here and undamaged. */
  public Optional<byte[]> find(String sha256) {
    if (folder == null) {
      return Optional.empty();
    }
    Path file = file(sha256);
    try {
      byte[] content = Files.readAllBytes(file);
      if (Digests.sha256(content).equals(sha256)) {
        touch(file);
        return Optional.of(content);
      }
      Files.deleteIfExists(file);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      warn(e);
    }
    return Optional.empty();
  }

  /** Notes when a file was read; another process may have removed it since. */
  private static void touch(Path file) throws IOException {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (NoSuchFileException e) {
      LOG.debug("{} was removed while it was read", file);
    }
  }

  /**
   * Keeps an object, if the disk lets it: a full disk or a folder that cannot be written costs
   * time, not the caller's work.
   *
   * @throws CorruptObjectException if the bytes do not have that digest
   */
  public void put(String sha256, byte[] content) {
    String found = Digests.sha256(content);
    if (!found.equals(sha256)) {
      throw new CorruptObjectException("an object for the cache", sha256, found);
    }
    if (content.length > largest) {
      return;
    }
    Path file = file(sha256);
    try {
      Files.createDirectories(file.getParent());
      Path beside = Files.createTempFile(file.getParent(), ".new-", null);
      try {
        Files.write(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(beside);
      }
      shrink(content.length);
      unusable = false;
    } catch (IOException e) {
      warn(e);
    }
  }

  /** Says it once, and once more after it has worked again. */
  private void warn(IOException e) {
    if (!unusable) {
      unusable = true;
      LOG.warn(
          "objects cannot be kept in {} and are fetched again and again: {}; is the disk full?",
          folder,
          e.toString());
    }
  }

  private Path file(String sha256) {
    Digests.checked(sha256);
    return folder.resolve(sha256.substring(0, 2)).resolve(sha256);
  }

  private synchronized void shrink(long added) throws IOException {
    if (bytes >= 0) {
      bytes += added;
      if (bytes <= largest) {
        return;
      }
    }
    List<Kept> kept = kept();
    bytes = kept.stream().mapToLong(Kept::bytes).sum();
    for (Kept oldest : kept) {
      if (bytes <= largest) {
        return;
      }
      Files.deleteIfExists(oldest.file());
      bytes -= oldest.bytes();
    }
  }

  private record Kept(Path file, long bytes, FileTime read) {}

  /** What lies in the folder, read longest ago first; without what other processes remove now. */
  private List<Kept> kept() throws IOException {
    List<Kept> kept = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes found) {
            kept.add(new Kept(file, found.size(), found.lastModifiedTime()));
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw e;
          }
        });
    kept.sort(Comparator.comparing(Kept::read).thenComparing(Kept::file));
    return kept;
  }
}
