package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Timestamps;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.it.TestStack;
import io.autoseed.it.commit.FaultyStoreProxy;
import io.autoseed.it.commit.FaultyStoreProxy.Held;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.Phase;
import io.temporal.api.history.v1.ActivityTaskStartedEventAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs whose workers are killed, stopped or told to end: the bits stay those of a run in memory.
 */
class InterruptedRunIT {
  /** Far below the heartbeat timeout of {@link DurableRun#submitToHandOver}. */
  private static final int HAND_OVER_SECONDS = 60;

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
  void aWorkerKilledInTheMiddleOfAdaptIsMissedByAnotherAndCostsNoStepBeforeItsCheckpoint()
      throws Exception {
    try (WorkerFleet workers = workers()) {
      workers.startReady(2);
      String run = durable.submitToTakeOver("killed", sequence);
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

      WorkerHandle second = workers.startReady();
      workers.awaitLine(second, "looked at what dead workers held");
      assertThat(durable.running(run, 1, "Adapt"))
          .hasValueSatisfying(now -> assertThat(now.getAttempt()).isEqualTo(held.getAttempt()));

      second.kill(); // or it would see the other die
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
    try (FaultyStoreProxy store = proxy();
        WorkerFleet workers = workers(store, "zombie")) {
      workers.startReady(2);
      Held manifest = store.hold("PUT", "/manifests/0/ADAPT.json");
      String run = submit("zombie");
      manifest.await();
      WorkerHandle late = freezeUntilSuccessorCommits(workers, run, 0);
      assertThat(manifest.letGo()).as("the late manifest").startsWith("HTTP/1.1 412");
      late.thaw();

      durable.checkpointInAdapt(run, 1);
      WorkerHandle zombie = freezeUntilSuccessorCommits(workers, run, 1);
      DurableRun.eventually(
          "the end of the successor's checkpoints",
          () -> Optional.of(durable.checkpointed(run, 1, Phase.ADAPT)).filter(step -> step == 0));
      Held look = store.hold("GET", "/manifests/1/ADAPT.json HTTP");
      zombie.thaw();
      look.await(); // it knows that another has the phase, and looks whether that one has finished
      String beside = "runs/" + run + "/checkpoints/1/ADAPT/99999999"; // what it saved on waking
      durable.store().put(beside, new byte[] {1}, "checkpoint");
      assertThat(look.letGo()).startsWith("HTTP/1.1 200");

      requireSameBits(run);
      assertThat(durable.commitsOnceEach(run)).isTrue();
      DurableRun.eventually(
          "the end of what the zombie saved on waking",
          () -> Optional.of(durable.checkpointed(run, 1, Phase.ADAPT)).filter(step -> step == 0));
    }
  }

  /** Stops the worker that is at ADAPT of a task until another has committed it; returns it. */
  private static WorkerHandle freezeUntilSuccessorCommits(WorkerFleet workers, String run, int task)
      throws Exception {
    WorkerHandle worker = workers.withPid(durable.adaptingPid(run, task));
    worker.freeze();
    DurableRun.eventually(
        "the successor's commit", () -> durable.committed(run, task, Phase.ADAPT));
    return worker;
  }

  /** While features are encoded, between two cells of an evaluation, and at a step of ADAPT. */
  @Test
  void aWorkerToldToEndHandsOverAtOnceWhateverItIsAt() throws Exception {
    try (FaultyStoreProxy store = proxy();
        WorkerFleet workers = workers(store, "told-to-end")) {
      workers.startReady(4);
      Held shard = store.hold("PUT", "/features/");
      Held evaluation = store.hold("GET", "/manifests/0/EVALUATE.json");
      String run = durable.submitToHandOver("told-to-end", sequence, Reuse.NONE);

      shard.await();
      Ended encoding = tellToEnd(workers, run, 0, "EncodeShards");
      shard.letGo();
      requireGone(encoding);

      evaluation.await();
      Held cell = store.hold("GET", "/features/");
      evaluation.letGo();
      cell.await();
      Ended evaluating = tellToEnd(workers, run, 0, "Evaluate");
      cell.letGo();
      requireGone(evaluating);

      String beside = submit("told-to-end-beside");
      int step = durable.stepInAdapt(run, 1);
      Ended adapting = tellToEnd(workers, run, 1, "Adapt");
      requireGone(adapting);

      requireSameBits(run);
      requireSameBits(beside);
      requireHandedOver(run, encoding);
      requireHandedOver(run, evaluating);
      WorkerHandle successor = workers.withPid(requireHandedOver(run, adapting));
      assertThat(workers.resumedAfter(successor, run)).isGreaterThanOrEqualTo(step);
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

  private static FaultyStoreProxy proxy() throws IOException {
    return new FaultyStoreProxy(URI.create(TestStack.addresses().s3Endpoint()));
  }

  /** Workers that reach the store through a proxy alone, with nothing in their cache. */
  private static WorkerFleet workers(FaultyStoreProxy store, String name) throws IOException {
    return new WorkerFleet(
        ProxiedHome.of(TestStack.addresses(), store.endpoint(), folder.resolve(name)), folder);
  }

  private static String submit(String name) {
    return durable.submitToInterrupt(name, sequence, 1);
  }

  private static void requireSameBits(String run) throws Exception {
    durable.requireSameBits(run, local);
  }

  /**
   * A worker that was told to end.
   *
   * @param task that it was at
   * @param activity the id of what it was at, in the task's workflow
   */
  private record Ended(WorkerHandle worker, Instant told, int task, String activity) {}

  /** Tells the worker that is at an activity to end, and waits until it has taken notice. */
  private static Ended tellToEnd(WorkerFleet workers, String run, int task, String type)
      throws Exception {
    PendingActivityInfo activity =
        DurableRun.eventually(type, () -> durable.running(run, task, type));
    WorkerHandle worker = workers.withPid(DurableRun.workerPid(activity));
    Instant told = Instant.now();
    worker.process().destroy();
    workers.awaitStopping(worker);
    return new Ended(worker, told, task, activity.getActivityId());
  }

  private static void requireGone(Ended ended) throws InterruptedException {
    assertThat(ended.worker().process().waitFor(10, TimeUnit.SECONDS))
        .as("gone within 10 s")
        .isTrue();
  }

  /**
   * What a worker was at when it was told to end, another began because the first had handed it
   * over; how soon depends on what that one was at.
   *
   * @return the other's process id
   */
  private static long requireHandedOver(String run, Ended ended) {
    HistoryEvent began = durable.lastStart(run, ended.task(), ended.activity());
    ActivityTaskStartedEventAttributes attempt = began.getActivityTaskStartedEventAttributes();
    assertThat(attempt.getLastFailure().getApplicationFailureInfo().getType())
        .isEqualTo("autoseed.hand-over");
    assertThat(Instant.ofEpochMilli(Timestamps.toMillis(began.getEventTime())))
        .isBetween(ended.told(), ended.told().plusSeconds(HAND_OVER_SECONDS));
    long successor = DurableRun.pid(attempt.getIdentity());
    assertThat(successor).isNotEqualTo(ended.worker().pid());
    return successor;
  }
}
