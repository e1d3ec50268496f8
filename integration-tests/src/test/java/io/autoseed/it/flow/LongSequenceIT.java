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
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /** What times and the digits of numbers may add; one byte for each task before would be more. */
  private static final long MOST_BYTES_APART = 160;

  /** Tasks in which a worker that has just started is still being compiled. */
  private static final int WARM_UP = 20;

  /**
   * Of the last third's median to the first's: work that grows by a hundredth a task would show as
   * 2.1, other work on the machine for a part of a third does not show.
   */
  private static final double MOST_GROWTH = 1.4;

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
      requireSteadyPace(LongSequence.secondsPerTask(new RunHistory(durable.catalog()), run));
      requireHistoriesAlike(durable.client(), run);
    }
  }

  /** The first history opens the run, and the last has fewer tasks and closes it. */
  private static void requireHistoriesAlike(WorkflowClient client, String run) {
    HistoryChain sequence = HistoryChain.withoutWorkflowTasks(client, run);
    int histories = sequence.events().size();
    requireAlike(
        sequence.events().subList(1, histories - 1), sequence.bytes().subList(1, histories - 1));
    List<HistoryChain> tasks =
        Stream.of(WARM_UP, TASKS / 2, TASKS - WARM_UP)
            .map(task -> shortest(client, run, task))
            .toList();
    requireAlike(
        tasks.stream().flatMap(task -> task.events().stream()).toList(),
        tasks.stream().flatMap(task -> task.bytes().stream()).toList());
  }

  /** Of a few tasks from the one on: what is tried again makes a history longer. */
  private static HistoryChain shortest(WorkflowClient client, String run, int from) {
    return IntStream.range(from, from + 3)
        .mapToObj(task -> HistoryChain.withoutWorkflowTasks(client, run + "/" + task))
        .min(Comparator.comparing(task -> task.bytes().get(0)))
        .orElseThrow();
  }

  private static void requireAlike(List<Integer> events, List<Long> bytes) {
    assertThat(Set.copyOf(events)).as("events of histories of as many tasks").hasSize(1);
    assertThat(Collections.max(bytes) - Collections.min(bytes))
        .as("bytes of such histories: %s", bytes)
        .isLessThan(MOST_BYTES_APART);
  }

  private static void requireSteadyPace(List<Double> seconds) {
    List<Double> steady = seconds.subList(WARM_UP, seconds.size());
    int third = steady.size() / 3;
    double first = LongSequence.median(steady.subList(0, third));
    double last = LongSequence.median(steady.subList(steady.size() - third, steady.size()));
    assertThat(last / first).as("seconds a task, last third to first").isLessThan(MOST_GROWTH);
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
