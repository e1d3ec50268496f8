package io.autoseed.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.it.TestStack;
import io.autoseed.worker.process.StackConnections;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;

class DeadlockIT {
  private final CyclicBarrier bothHoldOne = new CyclicBarrier(2);
  private final AtomicInteger rounds = new AtomicInteger();

  @Test
  void aTransactionEndedForTheSakeOfAnotherIsRunAgain() throws Exception {
    try (Catalog catalog = StackConnections.catalog(TestStack.addresses())) {
      CompletableFuture<String> one =
          CompletableFuture.supplyAsync(() -> catalog.transaction("one", h -> lock(h, 1, 2)));
      CompletableFuture<String> other =
          CompletableFuture.supplyAsync(() -> catalog.transaction("other", h -> lock(h, 2, 1)));

      assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo("1 2");
      assertThat(other.get(20, TimeUnit.SECONDS)).isEqualTo("2 1");
    }
    assertThat(rounds).hasValue(3);
  }

  private String lock(Handle handle, long first, long second) {
    boolean firstRound = rounds.incrementAndGet() <= 2;
    lock(handle, first);
    if (firstRound) {
      meet();
    }
    lock(handle, second);
    return first + " " + second;
  }

  private static void lock(Handle handle, long key) {
    handle.execute("SELECT pg_advisory_xact_lock(?, ?)", 4_711, (int) key);
  }

  private void meet() {
    try {
      bothHoldOne.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
