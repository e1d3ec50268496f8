package io.autoseed.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class StudyWorkflowTest {
  private static final String PROFILE = "test";
  private static final String REFUSED = "the catalog refused: password";

  private final RecordingActivities runs = new RecordingActivities();
  private final RecordingStudyActivities studies = new RecordingStudyActivities(PROFILE);
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
        StudyWorkflowImpl.class, TaskSequenceWorkflowImpl.class, TaskWorkflowImpl.class);
    control.registerActivitiesImplementations(runs, studies);
    environment
        .newWorker(
            TaskQueues.accelerator(PROFILE),
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(100))
                .build())
        .registerActivitiesImplementations(runs);
    environment.start();
  }

  @AfterEach
  void stopServer() {
    environment.close();
  }

  @Test
  void performsEveryMemberAndReports() {
    StudyStatus end = start("whole", 5, 5, 2, null, 100).getResult(StudyStatus.class);

    assertThat(end)
        .isEqualTo(new StudyStatus("whole", StudyState.DONE, 5, 5, 0, List.of(), 1.0, true));
    assertThat(runs.closings)
        .extracting(RunClosing::run)
        .containsExactlyInAnyOrder("whole-0", "whole-1", "whole-2", "whole-3", "whole-4");
    assertThat(studies.calls).endsWith("report DONE", "track");
    assertThat(studies.closings.get(0).ended())
        .hasSize(5)
        .allSatisfy(member -> assertThat(member.state()).isEqualTo(RunState.DONE));
  }

  @Test
  void whatADeadWorkerHadTakenOfARunGoesToAnotherSoon() {
    start("taken", 1, 1, 1, null, 100).getResult(StudyStatus.class);

    assertThat(
            environment
                .getWorkflowClient()
                .fetchHistory("taken-0")
                .getEvents()
                .get(0)
                .getWorkflowExecutionStartedEventAttributes()
                .getWorkflowTaskTimeout()
                .getSeconds())
        .isEqualTo(5);
  }

  @Test
  void neverPerformsMoreThanAskedForAtATime() {
    Set<String> under = ConcurrentHashMap.newKeySet();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    runs.before(
        0,
        Phase.REPLAY,
        request -> {
          under.add(request.run());
          most.accumulateAndGet(under.size(), Math::max);
          three.countDown();
          ActivityWork.await(three);
        });
    runs.before(0, Phase.PUBLISH, request -> under.remove(request.run()));

    start("bounded", 7, 7, 3, null, 100).getResult(StudyStatus.class);

    assertThat(most.get()).isEqualTo(3);
  }

  @Test
  void aMemberThatFailsIsNotedAndTheOthersGoOn() {
    studies.refused.put(1, "the data set changed");
    runs.before(
        0,
        Phase.ADAPT,
        request -> {
          if (request.run().endsWith("-2")) {
            throw Failures.badInput("photo.png: expected an image, found text", null);
          }
        });

    StudyStatus end = start("partly", 4, 4, 2, null, 100).getResult(StudyStatus.class);

    assertThat(end.done()).isEqualTo(2);
    assertThat(end.failed()).isEqualTo(2);
    assertThat(studies.closings.get(0).ended())
        .contains(
            new MemberOutcome(1, null, RunState.FAILED, "the data set changed"),
            new MemberOutcome(
                2, "partly-2", RunState.FAILED, "photo.png: expected an image, found text"));
  }

  @Test
  void aMemberThatCannotBeRecordedForMinutesIsNotedAndTheOthersGoOn() {
    studies.before.put("open 1", StudyWorkflowTest::refuse);

    StudyStatus end = start("unopened", 3, 3, 1, null, 100).getResult(StudyStatus.class);

    assertThat(end.done()).isEqualTo(2);
    assertThat(studies.calls.stream().filter("open 1"::equals)).hasSize(15);
    assertThat(studies.closings.get(0).ended())
        .contains(new MemberOutcome(1, null, RunState.FAILED, REFUSED));
  }

  @Test
  void aStudyGoesOnWithoutAnEstimateUnlessItHasALimitOfHours() {
    studies.before.put("estimate 2 to 4", StudyWorkflowTest::refuse);

    StudyStatus free = start("unlimited", 4, 4, 1, null, 100).getResult(StudyStatus.class);
    StudyStatus limited = start("limited", 4, 4, 1, 5.0, 100).getResult(StudyStatus.class);

    assertThat(free.state()).isEqualTo(StudyState.DONE);
    assertThat(free.hoursLeft()).isNull();
    assertThat(limited.state()).isEqualTo(StudyState.STOPPED);
    assertThat(limited.done()).isEqualTo(2);
    assertThat(studies.closings.get(1).reason())
        .isEqualTo("how long the rest would take cannot be told: " + REFUSED);
  }

  @Test
  void aStudyThatCannotReportForMinutesFailsWithOneLine() {
    studies.before.put("report DONE", StudyWorkflowTest::refuse);
    WorkflowStub study = start("unreported", 1, 1, 1, null, 100);

    assertThatThrownBy(() -> study.getResult(StudyStatus.class))
        .isInstanceOf(WorkflowFailedException.class)
        .cause()
        .hasMessageContaining(REFUSED);
    assertThat(studies.closings).hasSize(15);
    assertThat(studies.calls).endsWith("fail: " + REFUSED);
    assertThat(study.query("status", StudyStatus.class).state()).isEqualTo(StudyState.FAILED);
  }

  @Test
  void aCancelledStudyThatCannotReportSaysWhy() throws InterruptedException {
    CountDownLatch adapting = adaptUntilCancelled();
    studies.before.put(
        "report STOPPED",
        () -> {
          throw Failures.badInput("there is no studies/x/study.json", null);
        });
    WorkflowStub study = start("cancelled-in-vain", 1, 1, 1, null, 100);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();

    study.cancel();

    assertThatThrownBy(() -> study.getResult(StudyStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(studies.calls).endsWith("report STOPPED", "fail: there is no studies/x/study.json");
  }

  private static void refuse() {
    throw Failures.unavailable(REFUSED, null);
  }

  @Test
  void membersThatAreDoneAreNotPerformedAgain() {
    IntStream.range(0, 3).forEach(member -> studies.done.put(member, true));

    StudyStatus end = start("again", 4, 4, 1, null, 100).getResult(StudyStatus.class);

    assertThat(end.done()).isEqualTo(4);
    assertThat(runs.closings).extracting(RunClosing::run).containsExactly("again-3");
  }

  @Test
  void keepsItsHistoryShortByContinuingAsNewWhenNoMemberIsUnderWay() {
    WorkflowStub study = start("long", 7, 7, 2, null, 3);
    String first = study.getExecution().getRunId();

    StudyStatus end = study.getResult(StudyStatus.class);

    assertThat(end.done()).isEqualTo(7);
    assertThat(studies.closings.get(0).ended())
        .extracting(MemberOutcome::member)
        .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6);
    assertThat(studies.calls.stream().filter(call -> call.startsWith("estimate"))).hasSize(1);
    assertThat(
            environment
                .getWorkflowClient()
                .fetchHistory("long", first)
                .getLastEvent()
                .hasWorkflowExecutionContinuedAsNewEventAttributes())
        .isTrue();
  }

  @Test
  void stopsAfterTheFirstOfEachStrategyIfTheRestWouldTakeTooLong() {
    studies.hoursLeft = 7.25;

    StudyStatus end = start("long-one", 6, 6, 1, 5.0, 100).getResult(StudyStatus.class);

    assertThat(end.state()).isEqualTo(StudyState.STOPPED);
    assertThat(end.done()).isEqualTo(2);
    assertThat(studies.calls).contains("estimate 2 to 6");
    assertThat(studies.closings.get(0).reason())
        .isEqualTo("the rest would take 7.25 hours, more than 5.0");
  }

  @Test
  void aStudyThatBeginsBehindItsLastMemberReportsAndPerformsNone() {
    StudyStatus end =
        start("reported-again", 3, 3, 1, null, 100, new StudyProgress(3, List.of(), null))
            .getResult(StudyStatus.class);

    assertThat(end.state()).isEqualTo(StudyState.DONE);
    assertThat(studies.calls).containsExactly("report DONE", "track");
    assertThat(runs.closings).isEmpty();
  }

  @Test
  void leavesLaterMembersForLaterIfOnlyTheFirstAreAskedFor() {
    StudyStatus end = start("screened", 6, 2, 2, null, 100).getResult(StudyStatus.class);

    assertThat(end.state()).isEqualTo(StudyState.PARTLY_DONE);
    assertThat(end.done()).isEqualTo(2);
    assertThat(studies.calls).doesNotContain("open 2");
  }

  @Test
  void aCancelledStudyCancelsItsRunsAndReportsWhatIsDone() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    runs.before(
        0,
        Phase.ADAPT,
        request -> {
          if (request.run().endsWith("-1")) {
            adapting.countDown();
            ActivityWork.stepUntilCancelled();
          }
        });
    WorkflowStub study = start("cancelled", 3, 3, 1, null, 100);
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(study.query("status", StudyStatus.class).running()).containsExactly("cancelled-1");

    study.cancel();

    assertThatThrownBy(() -> study.getResult(StudyStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(runs.calls).containsSubsequence("close DONE", "close CANCELLED");
    assertThat(studies.calls).endsWith("report STOPPED", "track").doesNotContain("open 2");
    assertThat(studies.closings.get(0).ended())
        .containsExactly(
            new MemberOutcome(0, "cancelled-0", RunState.DONE, null),
            new MemberOutcome(1, "cancelled-1", RunState.CANCELLED, "cancelled on request"));
  }

  @Test
  void aRunThatIsUnderWayAlreadyIsWaitedFor() throws InterruptedException {
    CountDownLatch adapting = new CountDownLatch(1);
    CountDownLatch watched = new CountDownLatch(1);
    studies.memberState =
        run -> {
          watched.countDown();
          return runs.closings.isEmpty() ? RunState.RUNNING : RunState.DONE;
        };
    runs.before(
        0,
        Phase.ADAPT,
        request -> {
          adapting.countDown();
          ActivityWork.await(watched);
        });
    startAlone("joined");
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();

    StudyStatus end = start("joined", 1, 1, 1, null, 100).getResult(StudyStatus.class);

    assertThat(studies.calls.stream().filter("state of joined-0"::equals)).hasSizeGreaterThan(1);
    assertThat(runs.closings).extracting(RunClosing::run).containsExactly("joined-0");
    assertThat(end.done()).isEqualTo(1);
  }

  @Test
  void aRunThatIsUnderWayAlreadyIsCancelledWithTheStudy() throws InterruptedException {
    studies.memberState = run -> runs.closings.isEmpty() ? RunState.RUNNING : RunState.CANCELLED;
    CountDownLatch adapting = adaptUntilCancelled();
    startAlone("taken-over");
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();
    WorkflowStub study = start("taken-over", 2, 2, 1, null, 100);
    PausedWorkflow.await(environment.getWorkflowClient(), "taken-over");

    study.cancel();

    assertThatThrownBy(() -> study.getResult(StudyStatus.class))
        .isInstanceOf(WorkflowFailedException.class);
    assertThat(runs.closings)
        .extracting(RunClosing::run, RunClosing::state)
        .containsExactly(tuple("taken-over-0", RunState.CANCELLED));
    assertThat(studies.closings.get(0).ended())
        .extracting(MemberOutcome::state)
        .containsExactly(RunState.CANCELLED);
  }

  @Test
  void aRunThatStaysPausedForMonthsIsLookedAtEverLessOften() throws InterruptedException {
    Duration months = Duration.ofDays(100);
    CountDownLatch adapting = adaptUntilCancelled();
    TaskSequenceWorkflow alone = startAlone("rested");
    assertThat(adapting.await(20, TimeUnit.SECONDS)).isTrue();
    alone.pause();
    long from = environment.currentTimeMillis();
    List<Duration> looks = new CopyOnWriteArrayList<>();
    studies.memberState =
        run -> {
          looks.add(Duration.ofMillis(environment.currentTimeMillis() - from));
          return looks.get(looks.size() - 1).compareTo(months) < 0
              ? RunState.PAUSED
              : RunState.CANCELLED;
        };

    StudyStatus end = start("rested", 1, 1, 1, null, 100).getResult(StudyStatus.class);

    assertThat(end.failed()).isEqualTo(1);
    assertThat(looks).hasSizeBetween(10, 300);
    assertThat(looks.get(looks.size() - 1)).isLessThan(months.plus(months.dividedBy(15)));
  }

  /**
   * Lets ADAPT of the first task step until it is cancelled.
   *
   * @return counted down when it has begun
   */
  private CountDownLatch adaptUntilCancelled() {
    CountDownLatch adapting = new CountDownLatch(1);
    runs.before(
        0,
        Phase.ADAPT,
        request -> {
          adapting.countDown();
          ActivityWork.stepUntilCancelled();
        });
    return adapting;
  }

  /** Starts the run of a study's first member without the study. */
  private TaskSequenceWorkflow startAlone(String study) {
    TaskSequenceWorkflow alone =
        environment
            .getWorkflowClient()
            .newWorkflowStub(TaskSequenceWorkflow.class, options(study + "-0"));
    WorkflowClient.start(alone::run, studies.openMember(study, 0).request());
    return alone;
  }

  private WorkflowStub start(
      String study, int members, int until, int parallel, Double maxHours, int perHistory) {
    return start(study, members, until, parallel, maxHours, perHistory, null);
  }

  private WorkflowStub start(
      String study,
      int members,
      int until,
      int parallel,
      Double maxHours,
      int perHistory,
      StudyProgress progress) {
    StudyWorkflow workflow =
        environment.getWorkflowClient().newWorkflowStub(StudyWorkflow.class, options(study));
    WorkflowClient.start(
        workflow::run,
        new StudyRequest(
            study,
            PROFILE,
            members,
            until,
            2,
            parallel,
            1,
            maxHours,
            perHistory,
            RunPolicy.DEFAULT,
            progress));
    return WorkflowStub.fromTyped(workflow);
  }

  private static WorkflowOptions options(String id) {
    return WorkflowOptions.newBuilder()
        .setWorkflowId(id)
        .setTaskQueue(TaskQueues.control(PROFILE))
        .build();
  }
}
