package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.store.Manifest;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.Phase;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose workers are killed, told to end, or many: the bits stay those of a run in memory. */
class InterruptedRunIT {
  /** A worker that is told to end hands over after its step; a busy machine takes its time. */
  private static final int HAND_OVER_SECONDS = 20;

  @TempDir private static Path folder;
  private static DurableRun durable;
  private static ResolvedSequence sequence;
  private static LocalRun local;

  /** ADAPT takes seconds, so that a pause or a kill finds it at work on a fast machine, too. */
  @BeforeAll
  static void connect() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    ResolvedSequence whole =
        SmallSequence.write(folder.resolve("er"), 3, "{name: er, steps: 24000}");
    sequence = SmallSequence.beginning(whole, 2);
    local = SmallSequence.local(sequence);
  }

  @AfterAll
  static void disconnect() {
    durable.close();
  }

  @Test
  void aWorkerKilledInTheMiddleOfAdaptCostsNoBitAndNoStepBeforeItsCheckpoint() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady(2);
      String run = submit("killed");
      int saved = durable.checkpointInAdapt(run, 1);
      WorkerHandle victim = workers.withPid(durable.adaptingPid(run, 1));

      long killed = System.nanoTime();
      victim.kill();
      DurableRun.eventually(
          "the second attempt",
          () -> durable.running(run, 1, "Adapt").filter(info -> info.getAttempt() > 1));
      Duration silence = Duration.ofNanos(System.nanoTime() - killed);

      requireSameBits(run);
      WorkerHandle other = workers.otherThan(victim);
      assertThat(workers.resumedAfter(other, run)).isGreaterThanOrEqualTo(saved).isPositive();
      assertThat(silence).isLessThan(Duration.ofSeconds(DurableRun.HEARTBEAT_SECONDS + 5));
      System.err.println("time from kill to the next attempt: " + silence);
    }
  }

  @Test
  void aWorkerThatStartsHasADeadOnesPhaseGoOnAtOnceAndLeavesAStoppedOneItsOwn() throws Exception {
    try (WorkerFleet workers = workers()) {
      WorkerHandle victim = workers.startReady();
      String run = durable.submitToTakeOver("died", sequence);
      int saved = durable.checkpointInAdapt(run, 1);
      victim.freeze();
      PendingActivityInfo held = durable.running(run, 1, "Adapt").orElseThrow();

      workers.startReady();
      assertThat(durable.running(run, 1, "Adapt"))
          .hasValueSatisfying(now -> assertThat(now.getAttempt()).isEqualTo(held.getAttempt()));

      victim.kill();
      long killed = System.nanoTime();
      workers.start();
      long successor =
          DurableRun.eventually(
              "the next attempt",
              () ->
                  durable
                      .running(run, 1, "Adapt")
                      .map(DurableRun::workerPid)
                      .filter(pid -> pid != victim.pid()));
      System.err.println(
          "time from kill to the next attempt, a worker's start in between: "
              + Duration.ofNanos(System.nanoTime() - killed));

      requireSameBits(run);
      assertThat(workers.resumedAfter(workers.withPid(successor), run))
          .isGreaterThanOrEqualTo(saved);
    }
  }

  @Test
  void aWorkerThatWakesAfterItsSuccessorCommittedChangesNothing() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady(2);
      String run = submit("zombie");
      durable.checkpointInAdapt(run, 1);
      WorkerHandle zombie = workers.withPid(durable.adaptingPid(run, 1));

      zombie.freeze();
      try {
        DurableRun.eventually(
            "the successor's commit", () -> durable.committed(run, 1, Phase.ADAPT));
      } finally {
        zombie.thaw();
      }

      requireSameBits(run);
      assertThat(durable.commitsOnceEach(run)).isTrue();
      DurableRun.eventually(
          "the end of what the zombie saved on waking",
          () -> Optional.of(durable.checkpointed(run, 1, Phase.ADAPT)).filter(step -> step == 0));
    }
  }

  @Test
  void aWorkerToldToEndHandsItsPhaseOverAtOnce() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady(2);
      String run = durable.submitToHandOver("told-to-end", sequence);
      String beside = durable.submitToHandOver("told-to-end-beside", sequence);
      int step = durable.stepInAdapt(run, 1);
      WorkerHandle ending = workers.withPid(durable.adaptingPid(run, 1));

      Instant told = Instant.now();
      ending.process().destroy();

      assertThat(ending.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      requireSameBits(run);
      requireSameBits(beside);
      assertThat(workers.resumedAfter(workers.otherThan(ending), run)).isGreaterThanOrEqualTo(step);
      requireHandedOver(run, ending, told);
    }
  }

  @Test
  void threeWorkersReachTheBitsOfOne() throws Exception {
    try (WorkerFleet workers = workers()) {
      for (int i = 0; i < 3; i++) {
        workers.start();
      }
      requireSameBits(submit("three-workers"));
    }
  }

  @Test
  void aPausedRunSavesACheckpointAndGoesOnFromItWhenResumed() throws Exception {
    try (WorkerFleet workers = workers()) {
      WorkerHandle worker = workers.startReady();
      String run = durable.submitToHandOver("paused", sequence);
      int step = durable.stepInAdapt(run, 1);

      durable.steering().pause(run);
      durable.awaitState(run, "PAUSED");
      assertThat(durable.running(run, 1, "Adapt")).isEmpty();
      int saved = durable.checkpointed(run, 1, Phase.ADAPT);
      assertThat(saved).isGreaterThanOrEqualTo(step);
      durable.steering().resume(run);

      requireSameBits(run);
      assertThat(workers.resumedAfter(worker, run)).isEqualTo(saved);
    }
  }

  private static WorkerFleet workers() {
    return new WorkerFleet(TestStack.addresses().home(), folder);
  }

  private static String submit(String name) {
    return durable.submitToInterrupt(name, sequence, 1);
  }

  private static void requireSameBits(String run) throws Exception {
    durable.requireSameBits(run, local);
  }

  /**
   * Right after the signal the other worker went on, and the one that ended never began again. What
   * came before is as it may be: a phase gives way to another that waits for the same worker.
   */
  private static void requireHandedOver(String run, WorkerHandle ending, Instant told)
      throws Exception {
    List<Manifest.Attempt> attempts =
        durable.manifest(run, 1, Phase.ADAPT).manifest().envelope().attempts();
    List<Boolean> own = attempts.stream().map(attempt -> startedBy(ending, attempt)).toList();
    assertThat(own).contains(true).endsWith(false);
    Manifest.Attempt successor = attempts.get(own.lastIndexOf(true) + 1);
    assertThat(Instant.parse(successor.startedAt()))
        .isBetween(told, told.plusSeconds(HAND_OVER_SECONDS));
  }

  private static boolean startedBy(WorkerHandle worker, Manifest.Attempt attempt) {
    return attempt.host().startsWith(worker.pid() + "@");
  }
}
