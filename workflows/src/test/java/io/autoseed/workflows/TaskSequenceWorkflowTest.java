package io.autoseed.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.UpdateOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.client.WorkflowUpdateStage;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class TaskSequenceWorkflowTest {
  private static final String PROFILE = "test";

  /** More than any hardship may be met. */
  private static final int DEATHS = 20;

  private final RecordingActivities activities = new RecordingActivities();
  private TestWorkflowEnvironment environment;

  @BeforeEach
  void startServer() {
    TestEnvironmentOptions.Builder options = TestEnvironmentOptions.newBuilder();
    SearchAttributes.all()
        .forEach(
            key ->
                options.registerSearchAttribute(
                    key.getName(), IndexedValueType.forNumber(key.getValueType().getNumber())));
    environment = TestWorkflowEnvironment.newInstance(options.build());
    Worker control = environment.newWorker(TaskQueues.control(PROFILE));
    control.registerWorkflowImplementationTypes(
        TaskSequenceWorkflowImpl.class, TaskWorkflowImpl.class);
    control.registerActivitiesImplementations(activities);
    environment
        .newWorker(
            TaskQueues.accelerator(PROFILE),
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(100))
                .build())
        .registerActivitiesImplementations(activities);
    environment.start();
  }

  @AfterEach
  void stopServer() {
    environment.close();
  }

  @Test
  void aPauseThatReachesATaskAfterItsEndIsToldFromOtherTrouble() {
    assertThat(
            TaskSequenceWorkflowImpl.endedBefore(failure("EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND")))
        .isTrue();
    assertThat(TaskSequenceWorkflowImpl.endedBefore(failure("NAMESPACE_NOT_FOUND"))).isFalse();
  }

  /** As the server's refusal of a signal reaches a workflow. */
  private static ApplicationFailure failure(String cause) {
    return ApplicationFailure.newFailure(
        "SignalExternalWorkflowExecution failed",
        "SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_" + cause);
  }

  @Test
  void performsEveryPhaseOfEveryTaskInOrderEachOnTheManifestBefore() {
    RunStatus end = start("ordered", 2, 8).getResult(RunStatus.class);

    assertThat(activities.calls)
        .containsExactlyInAnyOrder(
            "open",
            "shards [0]",
            "shards [1]",
            "computed 2 in 1.0 s",
            "0/ENCODE after nothing in s1",
            "0/REPLAY after 0/ENCODE in s1",
            "0/ADAPT after 0/REPLAY in s1",
            "0/SEED_UPDATE after 0/ADAPT in s1",
            "0/EVALUATE after 0/SEED_UPDATE in s1",
            "0/PUBLISH after 0/EVALUATE in s1",
            "computed 0 in 0.0 s",
            "1/ENCODE after 0/PUBLISH in s1",
            "1/REPLAY after 1/ENCODE in s1",
            "1/ADAPT after 1/REPLAY in s1",
            "1/SEED_UPDATE after 1/ADAPT in s1",
            "1/EVALUATE after 1/SEED_UPDATE in s1",
            "1/PUBLISH after 1/EVALUATE in s1",
            "close DONE");
    assertThat(end.state()).isEqualTo(RunState.DONE);
    assertThat(end.input().key()).isEqualTo("1/PUBLISH");
  }

  @Test
  void asksForNoCommitOfEncodeThatItsPlanHasCommitted() {
    activities.commitsEncodeWithItsPlan = true;

    start("planned", 2, 8).getResult(RunStatus.class);

    assertThat(activities.calls)
        .contains("computed 2 in 1.0 s", "1/ENCODE after 0/PUBLISH in s1")
        .contains("1/REPLAY after 1/ENCODE in s1")
        .doesNotContain("computed 0 in 0.0 s");
  }

  @Test
  void keepsEachHistoryShortByContinuingAsNew() {
    WorkflowStub run = start("long", 5, 2);
    String first = run.getExecution().getRunId();

    assertThat(run.getResult(RunStatus.class).nextTask()).isEqualTo(5);
    assertThat(activities.calls)
        .contains("4/PUBLISH after 4/EVALUATE in s1")
        .containsOnlyOnce("open");
    assertThat(environment.getWorkflowClient().fetchHistory("long", first).getLastEvent())
        .matches(event -> event.hasWorkflowExecutionContinuedAsNewEventAttributes());
  }

  @Test
  void whatADeadWorkerHadTakenOfATaskGoesToAnotherSoon() {
    start("taken", 1, 8).getResult(RunStatus.class);

    assertThat(
            environment
                .getWorkflowClient()
                .fetchHistory("taken/0")
                .getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getWorkflowTaskTimeout()
                .getSeconds())
        .isEqualTo(5);
  }

  @Test
  void triesAgainWhatFailedForReasonsOfTheInfrastructure() {
    AtomicInteger attempts = new AtomicInteger();
    activities.before(
        0,
        Phase.REPLAY,
        request -> {
          if (attempts.incrementAndGet() < 4) {
            throw new IllegalStateException("connection refused");
          }
        });

    start("retried", 1, 8).getResult(RunStatus.class);

    assertThat(attempts).hasValue(4);
  }

  @Test
  void aPhaseGoesOnAtOnceHoweverManyWorkersDieInIt() {
    List<Long> attempts = new CopyOnWriteArrayList<>();
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          // Once the workflow has ended, time may run on by days: read it while it cannot.
          attempts.add(environment.currentTimeMillis());
          if (attempts.size() <= DEATHS) {
            throw Failures.workerDied("2647@host");
          }
        });

    start("deadly", 1, 8).getResult(RunStatus.class);

    assertThat(attempts).hasSize(DEATHS + 1);
    assertThat(Duration.ofMillis(attempts.get(DEATHS) - attempts.get(0)))
        .as("35 s with the pauses after other trouble")
        .isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void onlyWhatRanOutOfMemoryCountsAgainstIt() {
    AtomicInteger attempts = new AtomicInteger();
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          int attempt = attempts.incrementAndGet();
          if (attempt <= 6) {
            throw new IllegalStateException("connection refused");
          }
          if (attempt <= 10) {
            throw Failures.outOfMemory("out of memory: lower batch-size", null);
          }
        });

    start("short-of-memory", 1, 8).getResult(RunStatus.class);

    assertThat(attempts).hasValue(11);
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"ENCODE", "ADAPT", "PUBLISH"})
  void endsWithOneLineWhenItRunsOutOfMemoryAgainAndAgain(Phase phase) {
    AtomicInteger attempts = new AtomicInteger();
    activities.before(
        0,
        phase,
        request -> {
          attempts.incrementAndGet();
          throw Failures.outOfMemory(
              "out of memory: lower batch-size", new OutOfMemoryError("Java heap space"));
        });

    WorkflowStub run = start("out-of-memory-in-" + phase, 1, 8);

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(attempts).hasValue(5);
    assertThat(activities.closings)
        .extracting(RunClosing::state, RunClosing::reason)
        .containsExactly(tuple(RunState.FAILED, "out of memory: lower batch-size"));
  }

  @Test
  void waitsMinutesForWhatIsRefusedAndThenEndsWithOneLine() {
    AtomicInteger attempts = new AtomicInteger();
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          attempts.incrementAndGet();
          throw Failures.unavailable("the store refused to read x: AccessDenied", null);
        });

    WorkflowStub run = start("locked-out", 1, 8);

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(attempts).hasValue(15);
    assertThat(
            IntStream.range(1, attempts.get())
                .mapToObj(Hardship.UNAVAILABLE::pause)
                .reduce(Duration.ZERO, Duration::plus))
        .as("pauses between them")
        .isBetween(Duration.ofMinutes(5), Duration.ofMinutes(6));
    assertThat(activities.closings)
        .extracting(RunClosing::state, RunClosing::reason)
        .containsExactly(tuple(RunState.FAILED, "the store refused to read x: AccessDenied"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"open", "now PAUSED", "revised to s2", "close DONE"})
  void endsWithOneLineWhenWhatIsWrittenDownOfItIsRefused(String record) throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    CountDownLatch steered = new CountDownLatch(1);
    activities.recording.put(
        record,
        () -> {
          attempts.incrementAndGet();
          throw Failures.unavailable("the catalog refused: password", null);
        });
    activities.before(0, Phase.PUBLISH, request -> ActivityWork.await(steered));
    WorkflowStub run = start("unrecorded", 1, 8);
    if (record.startsWith("now")) {
      run.update("pause", RunStatus.class);
    }
    if (record.startsWith("revised")) {
      append(run, "more", new AppendRequest("s1", "s2", 2, "d2"));
    }
    steered.countDown();

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .hasMessageContaining("the catalog refused: password");
    assertThat(attempts).hasValue(15);
    assertThat(activities.closings.get(activities.closings.size() - 1))
        .extracting(RunClosing::state, RunClosing::reason)
        .containsExactly(RunState.FAILED, "the catalog refused: password");
  }

  @Test
  void failsWithTheObjectWhenItsLastManifestIsDamaged() {
    activities.recording.put(
        "close DONE",
        () -> {
          throw Failures.digestMismatch("runs/x/manifests/0 was changed", null);
        });

    WorkflowStub run = start("damaged", 1, 8);

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(activities.closings)
        .extracting(RunClosing::state, RunClosing::reason)
        .containsExactly(
            tuple(RunState.DONE, null), tuple(RunState.FAILED, "runs/x/manifests/0 was changed"));
  }

  @Test
  void failsWithItsReasonEvenIfItsEndCannotBeWrittenDown() {
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          throw Failures.badInput("photo.png: expected an image, found text", null);
        });
    activities.recording.put(
        "close FAILED",
        () -> {
          throw Failures.digestMismatch("runs/x/manifests/0 was changed", null);
        });

    assertThatThrownBy(() -> start("unclosed", 1, 8).getResult(RunStatus.class))
        .cause()
        .hasMessageContaining("photo.png: expected an image, found text");
  }

  @Test
  void isCancelledEvenIfARevisionCannotBeWrittenDown() throws InterruptedException {
    activities.recording.put(
        "revised to s2",
        () -> {
          throw Failures.unavailable("documents/d2.json is gone", null);
        });
    activities.before(0, Phase.ADAPT, request -> ActivityWork.stepUntilCancelled());
    WorkflowStub run = start("revised-in-vain", 1, 8);
    append(run, "more", new AppendRequest("s1", "s2", 2, "d2"));
    PausedWorkflow.await(environment.getWorkflowClient(), "revised-in-vain");

    run.cancel();

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(activities.closings)
        .extracting(RunClosing::state, RunClosing::reason)
        .containsExactly(tuple(RunState.CANCELLED, "cancelled on request"));
  }

  @Test
  void plansAnotherRoundOfShardsOnlyWhenNothingIsLeftOfTheOneThatFailed() {
    AtomicInteger encoding = new AtomicInteger();
    List<Integer> encodingWhilePlanned = new CopyOnWriteArrayList<>();
    activities.planning = () -> encodingWhilePlanned.add(encoding.get());
    activities.encoding =
        group -> {
          if (group.shards().contains(0)) {
            throw Failures.unavailable("the data set is away", null);
          }
          encoding.incrementAndGet();
          sleep(Duration.ofMillis(500));
          encoding.decrementAndGet();
        };

    start("away", 1, 8).getResult(RunStatus.class);

    assertThat(encodingWhilePlanned).containsExactly(0, 0);
    assertThat(activities.closings).extracting(RunClosing::state).containsExactly(RunState.DONE);
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void endsWithTheReasonWhenTheInputIsBad() {
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          throw Failures.badInput("photo.png: expected an image, found text", null);
        });

    WorkflowStub run = start("refused", 1, 8);

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(activities.closings)
        .singleElement()
        .isEqualTo(
            new RunClosing(
                "refused",
                "s1",
                RunState.FAILED,
                null,
                "photo.png: expected an image, found text"));
  }

  @Test
  void aPauseInterruptsThePhaseAndResumeAsksForItAgain() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    AtomicInteger attempts = new AtomicInteger();
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          adapting.countDown();
          if (attempts.incrementAndGet() == 1) {
            ActivityWork.stepUntilCancelled();
          }
        });
    WorkflowStub run = start("paused", 1, 8);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();

    RunStatus paused = run.update("pause", RunStatus.class);
    assertThat(paused.state()).isEqualTo(RunState.PAUSED);
    waitUntil(() -> activities.calls.contains("now PAUSED"));
    assertThat(attempts).hasValue(1);
    run.update("resume", RunStatus.class);

    assertThat(run.getResult(RunStatus.class).state()).isEqualTo(RunState.DONE);
    assertThat(attempts).hasValue(2);
    assertThat(activities.calls).containsSubsequence("now PAUSED", "now RUNNING", "close DONE");
  }

  @Test
  void aRunPausedInItsLastTaskWaitsToBeAppendedToBeforeItCloses() throws InterruptedException {
    CountDownLatch publishing = new CountDownLatch(1);
    CountDownLatch paused = new CountDownLatch(1);
    activities.before(
        0,
        Phase.PUBLISH,
        request -> {
          publishing.countDown();
          ActivityWork.await(paused);
        });
    WorkflowStub run = start("paused-at-the-end", 1, 1);
    assertThat(publishing.await(20, TimeUnit.SECONDS)).isTrue();
    run.update("pause", RunStatus.class);
    waitUntil(() -> held("paused-at-the-end/0"));
    paused.countDown();
    waitUntil(() -> activities.calls.contains("now PAUSED"));

    append(run, "more", new AppendRequest("s1", "s2", 2, "d2"));
    waitUntil(() -> activities.calls.contains("revised to s2"));
    assertThat(activities.calls).doesNotContain("now RUNNING", "close DONE");
    run.update("resume", RunStatus.class);

    assertThat(run.getResult(RunStatus.class).nextTask()).isEqualTo(2);
    assertThat(activities.calls).contains("1/PUBLISH after 1/EVALUATE in s2");
  }

  @Test
  void aSecondPauseAndAResumeOfARunThatIsNotPausedAreRefused() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          adapting.countDown();
          ActivityWork.stepUntilCancelled();
        });
    WorkflowStub run = start("twice", 1, 8);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> run.update("resume", RunStatus.class))
        .rootCause()
        .hasMessageContaining("run twice is not paused");
    run.update("pause", RunStatus.class);
    assertThatThrownBy(() -> run.update("pause", RunStatus.class))
        .rootCause()
        .hasMessageContaining("run twice is paused already");
  }

  @Test
  void aPauseAndAnAppendedRevisionSurviveContinuingAsNew() throws InterruptedException {
    CountDownLatch publishing = new CountDownLatch(1);
    CountDownLatch resumed = new CountDownLatch(1);
    activities.before(
        1,
        Phase.PUBLISH,
        request -> {
          publishing.countDown();
          ActivityWork.await(resumed);
        });
    WorkflowStub run = start("paused-over-histories", 3, 1);
    String first = run.getExecution().getRunId();
    assertThat(publishing.await(20, TimeUnit.SECONDS)).isTrue();
    run.update("pause", RunStatus.class);
    append(run, "more", new AppendRequest("s1", "s2", 4, "d2"));
    waitUntil(() -> held("paused-over-histories/1"));
    resumed.countDown();
    waitUntil(() -> activities.calls.contains("now PAUSED"));
    run.update("resume", RunStatus.class);

    assertThat(run.getResult(RunStatus.class).nextTask()).isEqualTo(4);
    assertThat(activities.calls)
        .containsOnlyOnce("revised to s2")
        .contains("2/ENCODE after 1/PUBLISH in s2", "3/PUBLISH after 3/EVALUATE in s2");
    assertThat(
            environment
                .getWorkflowClient()
                .fetchHistory("paused-over-histories", first)
                .getLastEvent()
                .hasWorkflowExecutionContinuedAsNewEventAttributes())
        .isTrue();
  }

  @Test
  void aCancelledRunStopsItsTaskBeforeItCloses() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    stopInAdapt(adapting, () -> {});
    WorkflowStub run = start("cancelled", 3, 8);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();

    run.cancel();

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(activities.calls).endsWith("stopped", "close CANCELLED");
  }

  @Test
  void aPausedRunIsCancelled() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    stopInAdapt(adapting, () -> {});
    WorkflowStub run = start("cancelled-in-pause", 1, 8);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();
    run.update("pause", RunStatus.class);
    waitUntil(() -> activities.calls.contains("now PAUSED"));
    PausedWorkflow.awaitRest(environment.getWorkflowClient(), "cancelled-in-pause/0");

    run.cancel();

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(activities.calls).endsWith("stopped", "now PAUSED", "close CANCELLED");
  }

  @Test
  void aRunCancelledOnItsWayToAPauseStopsItsTaskBeforeItCloses() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    CountDownLatch stopping = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    stopInAdapt(
        adapting,
        () -> {
          stopping.countDown();
          ActivityWork.await(cancelled);
        });
    WorkflowStub run = start("cancelled-before-pause", 1, 8);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();
    run.update("pause", RunStatus.class);
    assertThat(stopping.await(20, TimeUnit.SECONDS)).isTrue();

    run.cancel();
    PausedWorkflow.awaitCancellation(environment.getWorkflowClient(), "cancelled-before-pause/0");
    cancelled.countDown();

    assertThatThrownBy(() -> run.getResult(RunStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(activities.calls)
        .endsWith("stopped", "close CANCELLED")
        .doesNotContain("now PAUSED");
  }

  /** Lets ADAPT of the first task step until it is told to stop, and say when it has stopped. */
  private void stopInAdapt(CountDownLatch begun, Runnable stopping) {
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          begun.countDown();
          try {
            ActivityWork.stepUntilCancelled();
          } finally {
            stopping.run();
            activities.calls.add("stopped");
          }
        });
  }

  @Test
  void anAppendedRevisionIsLearnedAndARepeatedUpdateChangesNothing() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    CountDownLatch appended = new CountDownLatch(1);
    activities.before(
        0,
        Phase.ADAPT,
        request -> {
          adapting.countDown();
          ActivityWork.await(appended);
        });
    WorkflowStub run = start("appended", 1, 8);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();
    AppendRequest append = new AppendRequest("s1", "s2", 2, "d2");

    RunStatus first = append(run, "one", append);
    RunStatus again = append(run, "one", append);
    assertThat(again).isEqualTo(first);
    assertThatThrownBy(() -> append(run, "two", append))
        .isInstanceOf(WorkflowUpdateException.class)
        .rootCause()
        .hasMessageContaining("expected a revision of s2, found one of s1");
    appended.countDown();

    assertThat(run.getResult(RunStatus.class).sequence()).isEqualTo("s2");
    assertThat(activities.calls)
        .containsOnlyOnce("revised to s2")
        .contains("0/PUBLISH after 0/EVALUATE in s1", "1/PUBLISH after 1/EVALUATE in s2");
  }

  private boolean held(String task) {
    return environment
        .getWorkflowClient()
        .newUntypedWorkflowStub(task)
        .query("status", TaskStatus.class)
        .held();
  }

  private static RunStatus append(WorkflowStub run, String id, AppendRequest append) {
    return run.startUpdate(
            UpdateOptions.newBuilder(RunStatus.class)
                .setUpdateName("append")
                .setUpdateId(id)
                .setWaitForStage(WorkflowUpdateStage.COMPLETED)
                .build(),
            append)
        .getResult();
  }

  private WorkflowStub start(String run, int tasks, int tasksPerHistory) {
    TaskSequenceWorkflow workflow =
        environment
            .getWorkflowClient()
            .newWorkflowStub(
                TaskSequenceWorkflow.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(run)
                    .setTaskQueue(TaskQueues.control(PROFILE))
                    .build());
    WorkflowClient.start(
        workflow::run,
        new RunRequest(
            run, "s1", "slda", PROFILE, 0, tasks, null, new RunPolicy(10, tasksPerHistory), null));
    return WorkflowStub.fromTyped(workflow);
  }

  private void waitUntil(java.util.function.BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("after %s", activities.calls).isLessThan(deadline);
      Thread.sleep(20);
    }
  }
}
