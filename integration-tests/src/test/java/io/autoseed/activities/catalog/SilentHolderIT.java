package io.autoseed.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.it.TestStack;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.workflows.RunState;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Processes that stop in the middle, as by SIGSTOP, while they hold what others wait for. */
class SilentHolderIT {
  /** A silent session is ended after five seconds; else it would hold what it has for ever. */
  private static final long LONGEST_WAIT_SECONDS = 25;

  private final CountDownLatch holds = new CountDownLatch(1);
  private final CountDownLatch letGoOn = new CountDownLatch(1);

  @Test
  void aTransactionThatFallsSilentGivesItsRunBackAndWritesNothing() throws Exception {
    try (Catalog stopped = StackConnections.catalog(TestStack.addresses());
        Catalog other = StackConnections.catalog(TestStack.addresses())) {
      String run = SubmittedRun.in(other, null);
      CompletableFuture<Void> holder =
          CompletableFuture.runAsync(
              () ->
                  stopped.transaction(
                      "holding the run",
                      handle -> {
                        RunChains chains = RunChains.lock(handle, run);
                        chains.audit("before", Map.of());
                        fallSilent();
                        chains.audit("after", Map.of());
                        return null;
                      }));
      holds.await();

      CompletableFuture.runAsync(() -> new Runs(other).changed(run, RunState.RUNNING))
          .get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);

      letGoOn.countDown();
      assertThatThrownBy(holder::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseMessage("FATAL: terminating connection due to idle-in-transaction timeout");
      assertThat(new AuditLog(other).entries(run))
          .extracting(AuditEntry::event)
          .containsExactly("run-submitted", "run-running");
    } finally {
      letGoOn.countDown();
    }
  }

  @Test
  void aRelayThatFallsSilentGivesItsRunToAnother() throws Exception {
    try (Catalog other = StackConnections.catalog(TestStack.addresses())) {
      String run = SubmittedRun.in(other, null);
      try (Catalog stopped =
          new Catalog(other.address(), Duration.ofSeconds(5), Duration.ofSeconds(2))) {
        CompletableFuture<MetricOutbox.Drain> holder =
            CompletableFuture.supplyAsync(
                () -> new MetricOutbox(stopped).drain(run, row -> fallSilent()));
        holds.await();
        MetricOutbox relay = new MetricOutbox(other);
        assertThat(relay.drain(run, row -> {})).isEqualTo(MetricOutbox.Drain.BUSY);

        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS);
        MetricOutbox.Drain drained = MetricOutbox.Drain.BUSY;
        while (drained == MetricOutbox.Drain.BUSY && System.nanoTime() < end) {
          TimeUnit.MILLISECONDS.sleep(500);
          drained = relay.drain(run, row -> {});
        }

        assertThat(drained).isEqualTo(MetricOutbox.Drain.EMPTY);
        letGoOn.countDown();
        assertThatThrownBy(holder::get).hasCauseInstanceOf(CatalogException.class);
      }
    } finally {
      letGoOn.countDown();
    }
  }

  @Test
  void aRebuildMayFallSilentWhileItReads() {
    StackAddresses stack = TestStack.addresses();
    CatalogAddress owner =
        new CatalogAddress(stack.jdbcUrl(), stack.ownerUser(), stack.ownerPassword());
    Duration allowed = Duration.ofMillis(300);
    try (Catalog catalog = new Catalog(owner, allowed, Duration.ofMinutes(2))) {
      CatalogRestore restore = new CatalogRestore(catalog);
      int epoch = restore.epoch() + 1;

      restore.restore(epoch, "test", new SlowlyRead(allowed.multipliedBy(4)));

      assertThat(restore.epoch()).isEqualTo(epoch);
    }
  }

  /** No runs, which takes a while to find out. */
  private static final class SlowlyRead extends AbstractList<RunCopy> {
    private final Duration pause;

    SlowlyRead(Duration pause) {
      this.pause = pause;
    }

    @Override
    public RunCopy get(int index) {
      throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
      try {
        TimeUnit.MILLISECONDS.sleep(pause.toMillis());
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return 0;
    }
  }

  private void fallSilent() {
    holds.countDown();
    try {
      letGoOn.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
