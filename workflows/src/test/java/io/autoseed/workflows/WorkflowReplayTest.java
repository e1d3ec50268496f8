package io.autoseed.workflows;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.testing.WorkflowReplayer;
import io.temporal.workflow.Workflow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Replays histories recorded from real runs: workflows that are under way must survive an update of
 * the code. A change that fails here needs {@code Workflow.getVersion}, not new histories.
 */
class WorkflowReplayTest {
  @ParameterizedTest
  @ValueSource(strings = {"sequence-first-history.json", "sequence-last-history.json", "task.json"})
  void aRecordedHistoryReplays(String history) {
    assertThatCode(
            () ->
                WorkflowReplayer.replayWorkflowExecutionFromResource(
                    "histories/" + history, TaskSequenceWorkflowImpl.class, TaskWorkflowImpl.class))
        .doesNotThrowAnyException();
  }

  @Test
  void aWorkflowThatSkipsAPhaseDoesNotReplay() {
    assertThatThrownBy(
            () ->
                WorkflowReplayer.replayWorkflowExecutionFromResource(
                    "histories/task.json", WithoutReplay.class))
        .hasStackTraceContaining("NonDeterministicException");
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
