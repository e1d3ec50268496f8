package io.autoseed.workflows;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.testing.WorkflowReplayer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays histories recorded from real runs: workflows that are under way must survive an update of
 * the code. A change that fails here needs {@code Workflow.getVersion}, not new histories.
 */
class WorkflowReplayTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "sequence-first-history.json",
        "sequence-last-history.json",
        "sequence-paused.json",
        "sequence-appended.json",
        "sequence-appended-cancelled.json",
        "sequence-cancelled.json",
        "sequence-forked.json",
        "task.json",
        "task-paused.json",
        "task-cancelled.json",
        "task-out-of-memory.json",
        "study.json",
        "study-stopped.json",
        "study-joined-left-behind.json",
        "study-joined-cancelled.json"
      })
  void aRecordedHistoryReplays(String history) {
    assertThatCode(
            () ->
                replay(
                    history,
                    StudyWorkflowImpl.class,
                    TaskSequenceWorkflowImpl.class,
                    TaskWorkflowImpl.class))
        .doesNotThrowAnyException();
  }

  @Test
  void aWorkflowThatSkipsAPhaseDoesNotReplay() {
    assertThatThrownBy(() -> replay("task.json", WithoutReplay.class))
        .hasStackTraceContaining("NonDeterministicException");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sequence-paused.json", "sequence-appended.json"})
  void aWorkflowThatForgetsWhatItWasAskedForDoesNotReplay(String history) {
    assertThatThrownBy(() -> replay(history, Forgetful.class))
        .hasStackTraceContaining("NonDeterministicException");
  }

  @Test
  void aStudyThatPerformsItsRunsOneByOneDoesNotReplay() {
    assertThatThrownBy(() -> replay("study.json", OneByOne.class))
        .hasStackTraceContaining("NonDeterministicException");
  }

  /** A study that starts a run when the one before it has ended, whatever it was asked for. */
  public static final class OneByOne implements StudyWorkflow {
    @Override
    public StudyStatus run(StudyRequest request) {
      for (int member = 0; member < request.until(); member++) {
        MemberOpening opening =
            PhaseActivityStubs.study(request.profile(), request.policy(), "")
                .openMember(request.study(), member);
        new StudyMember(request, member, opening).perform();
      }
      return status();
    }

    @Override
    public StudyStatus status() {
      return null;
    }
  }

  /** A sequence workflow that takes every update and does nothing about it. */
  public static final class Forgetful implements TaskSequenceWorkflow {
    private final TaskSequenceWorkflowImpl whole;

    @WorkflowInit
    public Forgetful(RunRequest request) {
      whole = new TaskSequenceWorkflowImpl(request);
    }

    @Override
    public RunStatus run(RunRequest request) {
      return whole.run(request);
    }

    @Override
    public RunStatus status() {
      return whole.status();
    }

    @Override
    public RunStatus pause() {
      return whole.status();
    }

    @Override
    public void checkPause() {}

    @Override
    public RunStatus resume() {
      return whole.status();
    }

    @Override
    public void checkResume() {}

    @Override
    public RunStatus append(AppendRequest request) {
      return whole.status();
    }

    @Override
    public void checkAppend(AppendRequest request) {}
  }

  /** Replays with a deadlock detection that a busy machine does not set off. */
  private static void replay(String history, Class<?>... workflows) throws Exception {
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance()) {
      Worker worker =
          environment.newWorker(
              "replay",
              WorkerOptions.newBuilder().setDefaultDeadlockDetectionTimeout(60_000).build());
      worker.registerWorkflowImplementationTypes(workflows);
      WorkflowReplayer.replayWorkflowExecutionFromResource("histories/" + history, worker);
    }
  }

  /** {@link TaskWorkflowImpl} with its second phase left out. */
  public static final class WithoutReplay implements TaskWorkflow {
    @Override
    public ManifestReference run(TaskRequest request) {
      PhaseRequest encode = request.phase(Phase.ENCODE, request.input());
      Workflow.upsertTypedSearchAttributes(SearchAttributes.PHASE.valueSet("ENCODE"));
      control(request).planEncode(encode);
      PhaseOutcome encoded = control(request).encode(new EncodeRequest(encode, 0, 0));
      Workflow.upsertTypedSearchAttributes(SearchAttributes.PHASE.valueSet("ADAPT"));
      return PhaseActivityStubs.accelerator(request.profile(), request.policy(), "")
          .adapt(request.phase(Phase.ADAPT, encoded.manifest()))
          .manifest();
    }

    private static ControlActivities control(TaskRequest request) {
      return PhaseActivityStubs.control(request.profile(), request.policy(), "");
    }

    @Override
    public void hold(boolean held) {}

    @Override
    public TaskStatus status() {
      return new TaskStatus(0, Phase.ENCODE, false);
    }
  }
}
