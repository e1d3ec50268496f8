package io.autoseed.workflows;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.WorkflowIdReusePolicy;
import io.temporal.client.WorkflowExecutionAlreadyStarted;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.ChildWorkflowFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.CancelExternalWorkflowException;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** One run of a study, as a child of its workflow. */
final class StudyMember {
  private static final Duration GLANCE = Duration.ofSeconds(5);

  /** An end is noticed after at most a twentieth of the time waited for it. */
  private static final int LOOKS_PER_WAIT = 20;

  /** Names the change that let a cancelled study cancel also runs that it had joined. */
  private static final String CANCELS_JOINED = "cancels-joined";

  private final StudyRequest study;
  private final int member;
  private final MemberOpening opening;

  StudyMember(StudyRequest study, int member, MemberOpening opening) {
    this.study = study;
    this.member = member;
    this.opening = opening;
  }

  /**
   * Runs it to its end.
   *
   * @throws ChildWorkflowFailure if the study is being cancelled
   */
  MemberOutcome perform() {
    try {
      return outcome(child().run(opening.request()).state(), null);
    } catch (ChildWorkflowFailure e) {
      if (e.getCause() instanceof WorkflowExecutionAlreadyStarted) {
        return outcome(awaitEnd(), "ended while no study watched it");
      }
      if (CancellationScope.current().isCancelRequested()) {
        throw e;
      }
      boolean cancelled = e.getCause() instanceof CanceledFailure;
      return outcome(cancelled ? RunState.CANCELLED : RunState.FAILED, RootMessage.of(e));
    }
  }

  private MemberOutcome outcome(RunState state, String reason) {
    return new MemberOutcome(member, opening.run(), state, state == RunState.DONE ? null : reason);
  }

  /** The run is under way since before this study's workflow began; it ends with the study. */
  private RunState awaitEnd() {
    try {
      return watchToEnd();
    } catch (TemporalFailure e) {
      if (CancellationScope.current().isCancelRequested()) {
        Workflow.newDetachedCancellationScope(this::cancelToEnd).run();
      }
      throw e;
    }
  }

  private void cancelToEnd() {
    if (Workflow.getVersion(CANCELS_JOINED, Workflow.DEFAULT_VERSION, 1)
        == Workflow.DEFAULT_VERSION) {
      return; // As builds did that let a joined run go on.
    }
    try {
      Workflow.newUntypedExternalWorkflowStub(opening.run()).cancel();
    } catch (CancelExternalWorkflowException ended) {
      // It has ended by itself meanwhile.
    }
    watchToEnd();
  }

  /**
   * It is looked at the less often the longer it takes, so that the history grows with the
   * logarithm of the time: a year is 300 looks.
   */
  private RunState watchToEnd() {
    long began = Workflow.currentTimeMillis();
    while (true) {
      RunState state =
          Hardship.endure(
              () ->
                  PhaseActivityStubs.study(
                          study.profile(), study.policy(), opening.run() + ": state")
                      .memberState(opening.run()));
      if (state != RunState.RUNNING && state != RunState.PAUSED) {
        return state;
      }
      long waited = Workflow.currentTimeMillis() - began;
      Workflow.sleep(Duration.ofMillis(Math.max(GLANCE.toMillis(), waited / LOOKS_PER_WAIT)));
    }
  }

  private TaskSequenceWorkflow child() {
    RunRequest request = opening.request();
    return Workflow.newChildWorkflowStub(
        TaskSequenceWorkflow.class,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(request.run())
            .setTaskQueue(TaskQueues.control(request.profile()))
            .setWorkflowTaskTimeout(TaskQueues.WORKFLOW_TASK_TIMEOUT)
            .setWorkflowIdReusePolicy(
                WorkflowIdReusePolicy.WORKFLOW_ID_REUSE_POLICY_ALLOW_DUPLICATE_FAILED_ONLY)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setTypedSearchAttributes(SearchAttributes.of(request))
            .setStaticSummary(
                request.run() + " with " + request.strategy() + ", " + request.tasks() + " tasks")
            .build());
  }
}
