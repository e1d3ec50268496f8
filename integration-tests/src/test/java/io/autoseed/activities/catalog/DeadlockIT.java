package io.autoseed.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.autoseed.it.TestStack;
import io.autoseed.worker.process.StackConnections;
import java.util.Map;
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

  /**
   * A run that stands beside another refers to its row, and whoever changes the run's own row twice
   * in a transaction locks the other's, too. Waiting for it, with an artifact inserted that the
   * other's commit waits for in turn, was a deadlock of every first demo.
   */
  @Test
  void aRunBesideAnotherIsWrittenWhileTheOtherIsLocked() throws Exception {
    try (Catalog catalog = StackConnections.catalog(TestStack.addresses())) {
      String main = SubmittedRun.in(catalog, null);
      String baseline = SubmittedRun.in(catalog, main);
      CompletableFuture<?> written =
          catalog.transaction(
              "main",
              handle -> {
                RunChains.lock(handle, main).audit("locked", Map.of());
                CompletableFuture<?> writing =
                    CompletableFuture.runAsync(() -> auditTwice(catalog, baseline));
                assertThatCode(() -> writing.get(10, TimeUnit.SECONDS)).doesNotThrowAnyException();
                return writing;
              });
      assertThat(written).isCompleted();
      assertThat(new AuditLog(catalog).entries(baseline))
          .extracting(AuditEntry::event)
          .containsExactly("run-submitted", "one", "two");
    }
  }

  private static void auditTwice(Catalog catalog, String run) {
    catalog.transaction(
        "baseline",
        handle -> {
          RunChains chains = RunChains.lock(handle, run);
          chains.audit("one", Map.of());
          chains.audit("two", Map.of());
          return null;
        });
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
