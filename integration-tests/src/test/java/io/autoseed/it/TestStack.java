package io.autoseed.it;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.Ports;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The one stack that all tests of this module share, started by the same code as {@code ./autoseed
 * up} before the first test that asks for it and stopped after the last. Tests keep apart by names
 * of their own (schema, key prefix, workflow id, experiment), never by cleaning up.
 *
 * <p>{@code -Dautoseed.it.home=FOLDER} uses the stack in that folder instead, starts it if need be
 * and leaves it running: for a quick loop while writing tests.
 */
public final class TestStack {
  /** A component takes seconds to come back; on a busy machine, half a minute and more. */
  static final Duration RECOVERY = Duration.ofMinutes(3);

  private static TestStack shared;

  private final LocalStack stack;
  private final Path home;
  private final boolean kept;
  private StackAddresses addresses;

  private TestStack(Path home, boolean kept, LocalStack stack) {
    this.home = home;
    this.kept = kept;
    this.stack = stack;
  }

  /** Addresses and credentials of the shared stack, which is healthy. */
  public static StackAddresses addresses() {
    return shared().addresses;
  }

  /**
   * The shared stack itself; whoever stops or kills a part of it returns once all is healthy again
   * ({@link #awaitHealthy}), for the next test may come in any order.
   */
  public static LocalStack stack() {
    return shared().stack;
  }

  /** Waits until every part of the shared stack answers. */
  public static void awaitHealthy() {
    Processes.await("all is healthy", RECOVERY, () -> stack().status().healthy());
  }

  /** A folder for a stack of a test's own; the test takes it down and deletes it. */
  public static Path freshHome() {
    try {
      return Files.createTempDirectory("autoseed-it-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Options of a stack of a test's own, on free ports. */
  public static StackOptions freshOptions(Path home) {
    return StackOptions.of(home).withPorts(Ports.free());
  }

  private static synchronized TestStack shared() {
    if (shared == null) {
      String given = System.getProperty("autoseed.it.home", "");
      Path home = given.isEmpty() ? freshHome() : Path.of(given);
      boolean begun = Files.exists(home.resolve("stack.json"));
      StackOptions options = begun ? StackOptions.of(home) : freshOptions(home);
      TestStack fresh = new TestStack(home, !given.isEmpty(), LocalStack.open(options));
      shared = fresh; // before it is up, so that a failed start is taken down, too
      fresh.addresses = fresh.stack.up(line -> System.err.println("stack: " + line));
    }
    if (shared.addresses == null) {
      throw new IllegalStateException("the shared stack did not start: see the first failed test");
    }
    return shared;
  }

  static synchronized void close() {
    if (shared != null && !shared.kept) {
      shared.stack.down(line -> {});
      delete(shared.home);
    }
    shared = null;
  }

  /** Deletes a folder with all it holds. */
  public static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
