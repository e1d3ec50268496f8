package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.AuditEntry;
import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.bench.HistoryChain;
import io.autoseed.bench.LongSequence;
import io.autoseed.it.TestStack;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three hundred tasks of a strategy without a state; {@code bench/run LongSequence} runs as many as
 * one likes.
 */
class LongSequenceIT {
  private static final int TASKS = 300;

  /** A child workflow's start and end, for each of a history's tasks, and what surrounds them. */
  private static final int MOST_EVENTS = 16 * RunPolicy.DEFAULT.tasksPerHistory();

  /** Tasks in which a worker that has just started is still being compiled. */
  private static final int WARM_UP = 20;

  private static final int COMPARED = 30;

  /** Growth with the number of tasks would show as 8; other work on the machine as less. */
  private static final double MOST_GROWTH = 2.4;

  @TempDir private Path folder;

  @Test
  void manyTasksLeaveShortHistoriesAndTakeNoLongerAtTheEnd() throws Exception {
    String run = DurableRun.unique("long");
    try (DurableRun durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
        WorkerFleet workers = new WorkerFleet(TestStack.addresses().home(), folder)) {
      workers.startReady();
      durable.submit(
          Submission.of(
              run, LongSequence.sequence(TASKS).write(folder.resolve("sequence")), "avx2", "test"));

      assertThat(durable.await(run, Duration.ofMinutes(15)).nextTask()).isEqualTo(TASKS);

      HistoryChain chain = HistoryChain.of(durable.client(), run);
      int perHistory = RunPolicy.DEFAULT.tasksPerHistory();
      assertThat(chain.events()).hasSize((TASKS + perHistory - 1) / perHistory);
      assertThat(chain.mostEvents()).isLessThan(MOST_EVENTS);
      requireOneCommitOfEachPhase(durable, run);
      List<Double> seconds = LongSequence.secondsPerTask(new RunHistory(durable.catalog()), run);
      double first = LongSequence.median(seconds.subList(WARM_UP, WARM_UP + COMPARED));
      double last = LongSequence.median(seconds.subList(seconds.size() - COMPARED, seconds.size()));
      assertThat(last / first).as("seconds a task, last to first").isLessThan(MOST_GROWTH);
    }
  }

  private static void requireOneCommitOfEachPhase(DurableRun durable, String run) {
    int phases = TASKS * Phase.values().length;
    assertThat(durable.store().listVersions("runs/" + run + "/manifests/"))
        .extracting(ListedObject::key)
        .doesNotHaveDuplicates()
        .hasSize(phases);
    assertThat(new AuditLog(durable.catalog()).entries(run))
        .extracting(AuditEntry::event)
        .filteredOn("phase-committed"::equals)
        .hasSize(phases);
  }
}
