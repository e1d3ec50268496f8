package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectCacheTest {
  @TempDir Path folder;

  private static byte[] object(int content) {
    byte[] bytes = new byte[100];
    bytes[0] = (byte) content;
    return bytes;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void anObjectIsFetchedOnce() {
    ObjectCache cache = new ObjectCache(folder, 1000);
    byte[] bytes = object(1);
    String digest = Digests.sha256(bytes);

    assertThat(cache.get(digest, () -> bytes)).isEqualTo(bytes);
    assertThat(
            cache.get(
                digest,
                () -> {
                  throw new AssertionError("fetched again");
                }))
        .isEqualTo(bytes);
  }

  @Test
  void aDamagedFileIsFetchedAgain() throws IOException {
    ObjectCache cache = new ObjectCache(folder, 1000);
    byte[] bytes = object(1);
    String digest = Digests.sha256(bytes);
    cache.put(digest, bytes);
    Files.write(files().get(0), object(2));

    assertThat(cache.find(digest)).isEmpty();
    assertThat(cache.get(digest, () -> bytes)).isEqualTo(bytes);
  }

  @Test
  void bytesOfAnotherDigestAreRefused() throws IOException {
    ObjectCache cache = new ObjectCache(folder, 1000);

    assertThatThrownBy(() -> cache.put(Digests.sha256(object(1)), object(2)))
        .isInstanceOf(CorruptObjectException.class);
    assertThat(files()).isEmpty();
  }

  @Test
  void aNameThatIsNoDigestLeavesTheFolderAlone() {
    ObjectCache cache = new ObjectCache(folder, 1000);

    assertThatThrownBy(() -> cache.find("../../etc/passwd"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatWasReadLongestAgoMakesRoom() throws IOException {
    ObjectCache cache = new ObjectCache(folder, 250);
    for (int i = 1; i <= 2; i++) {
      cache.put(Digests.sha256(object(i)), object(i));
      for (Path file : files()) {
        Files.setLastModifiedTime(
            file, FileTime.fromMillis(file.endsWith(Digests.sha256(object(1))) ? 2_000 : 1_000));
      }
    }

    cache.put(Digests.sha256(object(3)), object(3));

    assertThat(cache.find(Digests.sha256(object(1)))).isPresent();
    assertThat(cache.find(Digests.sha256(object(2)))).isEmpty();
    assertThat(cache.find(Digests.sha256(object(3)))).isPresent();
  }

  @Test
  void aFolderThatCannotBeWrittenCostsFetchesAndNothingElse() throws IOException {
    Path file = Files.writeString(folder.resolve("no-folder"), "");
    ObjectCache cache = new ObjectCache(file, 1000);
    AtomicInteger fetched = new AtomicInteger();

    for (int i = 0; i < 2; i++) {
      byte[] read =
          cache.get(
              Digests.sha256(object(1)),
              () -> {
                fetched.incrementAndGet();
                return object(1);
              });
      assertThat(read).isEqualTo(object(1));
    }
    assertThat(fetched).hasValue(2);
  }

  /** A disk of 64 KiB: only the superuser of a machine may make one. */
  @Test
  void aFullDiskCostsFetchesAndLeavesNoHalfFile() throws Exception {
    assumeTrue(call("mount", "-t", "tmpfs", "-o", "size=64k", "full", folder.toString()) == 0);
    try {
      ObjectCache cache = new ObjectCache(folder, 1 << 20);
      byte[] large = new byte[100_000];
      String digest = Digests.sha256(large);

      assertThat(cache.get(digest, () -> large)).isEqualTo(large);

      assertThat(cache.find(digest)).isEmpty();
      cache.put(Digests.sha256(object(1)), object(1));
      assertThat(cache.find(Digests.sha256(object(1)))).as("room again").contains(object(1));
    } finally {
      call("umount", folder.toString());
    }
  }

  /** The exit code; 127, as a shell has it, if there is no such program. */
  private static int call(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    } catch (IOException e) {
      return 127;
    }
  }

  @Test
  void processesThatShareAFolderMayShrinkItAtTheSameTime() throws Exception {
    int writers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        int first = writer * 1000;
        done.add(
            threads.submit(
                () -> {
                  for (int i = first; i < first + 200; i++) {
                    byte[] bytes = Integer.toString(i).repeat(20).getBytes(StandardCharsets.UTF_8);
                    new ObjectCache(folder, 300).put(Digests.sha256(bytes), bytes);
                  }
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    new ObjectCache(folder, 300).put(Digests.sha256(object(1)), object(1));
    long bytes = 0;
    for (Path file : files()) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isLessThanOrEqualTo(300);
  }

  @Test
  void anObjectLargerThanTheCacheIsNotKept() throws IOException {
    new ObjectCache(folder, 50).put(Digests.sha256(object(1)), object(1));

    assertThat(files()).isEmpty();
  }
}
