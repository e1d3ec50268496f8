package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.Submission;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.RunStatus;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose workers are killed, told to end, or many: the bits stay those of a run in memory. */
class InterruptedRunIT {
  private static final int HEARTBEAT_SECONDS = 5;
  private static final double CHECKPOINT_SECONDS = 0.2;
  private static final Pattern RESUMED = Pattern.compile("goes on after step (\\d+)");

  @TempDir private static Path folder;
  private static DurableRun durable;
  private static ResolvedSequence sequence;
  private static LocalRun local;

  /** ADAPT takes seconds, so that a pause or a kill finds it at work on a fast machine, too. */
  @BeforeAll
  static void connect() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    sequence = SmallSequence.write(folder.resolve("er"), 3, "{name: er, steps: 12000}");
    local = SmallSequence.local(sequence);
  }

  @AfterAll
  static void disconnect() {
    durable.close();
  }

  @Test
  void aWorkerKilledInTheMiddleOfAdaptCostsNoBitAndNoStepBeforeItsCheckpoint() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady();
      workers.startReady();
      String run = submit("killed");
      int saved = checkpointInAdapt(run);
      WorkerHandle victim = workers.withPid(pid(adapting(run)));

      long killed = System.nanoTime();
      victim.kill();
      DurableRun.eventually(
          "the second attempt",
          () -> durable.running(run, 1, "Adapt").filter(info -> info.getAttempt() > 1));
      Duration silence = Duration.ofNanos(System.nanoTime() - killed);

      requireSameBits(run);
      WorkerHandle other = workers.otherThan(victim);
      assertThat(resumedAfter(workers.log(other))).isGreaterThanOrEqualTo(saved).isPositive();
      assertThat(silence).isLessThan(Duration.ofSeconds(HEARTBEAT_SECONDS + 5));
      System.err.println("time from kill to the next attempt: " + silence);
    }
  }

  @Test
  void aWorkerToldToEndHandsItsPhaseOverAtOnce() throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady();
      workers.startReady();
      String run = submit("told-to-end");
      checkpointInAdapt(run);
      WorkerHandle ending = workers.withPid(pid(adapting(run)));

      ending.process().destroy();

      assertThat(ending.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
      requireSameBits(run);
      assertThat(resumedAfter(workers.log(workers.otherThan(ending)))).isPositive();
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
  void aPausedRunGoesOnFromItsCheckpointWhenResumed() throws Exception {
    try (WorkerFleet workers = workers()) {
      WorkerHandle worker = workers.startReady();
      String run = submit("paused");
      checkpointInAdapt(run);

      durable.workflow(run).update("pause", RunStatus.class);
      DurableRun.eventually(
          "the pause",
          () -> durable.running(run, 1, "Adapt").isEmpty() ? Optional.of(run) : Optional.empty());
      durable.workflow(run).update("resume", RunStatus.class);

      requireSameBits(run);
      assertThat(resumedAfter(workers.log(worker))).isPositive();
    }
  }

  private static WorkerFleet workers() {
    return new WorkerFleet(TestStack.addresses().home(), folder);
  }

  private static String submit(String name) {
    String run = DurableRun.unique(name);
    durable.submit(
        Submission.of(run, sequence, "avx2", "test")
            .withPatience(new RunPolicy(HEARTBEAT_SECONDS, 2), CHECKPOINT_SECONDS));
    return run;
  }

  /** Waits for a checkpoint in ADAPT of the second task; returns its step. */
  private static int checkpointInAdapt(String run) throws InterruptedException {
    return DurableRun.eventually(
        "a checkpoint in ADAPT",
        () -> Optional.of(durable.checkpointed(run, 1, Phase.ADAPT)).filter(step -> step > 0));
  }

  private static PendingActivityInfo adapting(String run) throws InterruptedException {
    return DurableRun.eventually("ADAPT", () -> durable.running(run, 1, "Adapt"));
  }

  private static long pid(PendingActivityInfo activity) {
    String identity = activity.getLastWorkerIdentity();
    return Long.parseLong(identity.substring(0, identity.indexOf('@')));
  }

  private static int resumedAfter(String log) {
    Matcher resumed = RESUMED.matcher(log);
    assertThat(resumed.find()).as("a phase that goes on, in %s", log).isTrue();
    return Integer.parseInt(resumed.group(1));
  }

  private static void requireSameBits(String run) throws Exception {
    assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);
    assertThat(durable.digests(run, 2)).isEqualTo(DurableRun.digests(local.finalState()));
  }
}
