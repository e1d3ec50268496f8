package io.autoseed.workflows;

import io.temporal.api.enums.v1.ParentClosePolicy;
import io.temporal.api.enums.v1.SignalExternalWorkflowExecutionFailedCause;
import io.temporal.common.InitialVersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ChildWorkflowCancellationType;
import io.temporal.workflow.ChildWorkflowOptions;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.SignalExternalWorkflowException;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** See {@link TaskSequenceWorkflow}. */
public final class TaskSequenceWorkflowImpl implements TaskSequenceWorkflow {
  private static final String TASK_NOT_FOUND =
      SignalExternalWorkflowExecutionFailedCause
          .SIGNAL_EXTERNAL_WORKFLOW_EXECUTION_FAILED_CAUSE_EXTERNAL_WORKFLOW_EXECUTION_NOT_FOUND
          .name();

  private static final int UPDATES_REMEMBERED = 32;

  private final RunRequest request;
  private final Deque<String> updates;
  private final Deque<AppendRequest> unrecorded = new ArrayDeque<>();
  private String sequence;
  private int tasks;
  private int nextTask;
  private ManifestReference input;
  private boolean paused;
  private RunState closing;

  /** Takes up where the history before ended, if there was one. */
  @WorkflowInit
  public TaskSequenceWorkflowImpl(RunRequest request) {
    this.request = request;
    RunProgress progress = request.progress();
    if (progress == null) {
      progress =
          new RunProgress(
              request.sequence(),
              request.tasks(),
              request.firstTask(),
              request.input(),
              false,
              List.of());
    }
    sequence = progress.sequence();
    tasks = progress.tasks();
    nextTask = progress.nextTask();
    input = progress.input();
    paused = progress.paused();
    updates = new ArrayDeque<>(progress.updates());
  }

  @Override
  public RunStatus run(RunRequest unused) {
    try {
      if (request.progress() == null) {
        Hardship.endure(() -> control("open").openRun(request));
      }
      do {
        learnTasks();
        settle();
      } while (nextTask < tasks);
      closeDone();
      return status();
    } catch (TemporalFailure e) {
      throw closeAfter(e);
    }
  }

  private void learnTasks() {
    int learnedHere = 0;
    while (nextTask < tasks) {
      settle();
      if (learnedHere >= request.policy().tasksPerHistory()
          || Workflow.getInfo().isContinueAsNewSuggested()) {
        continueAsNew();
      }
      input = learn(nextTask);
      nextTask++;
      learnedHere++;
    }
  }

  /**
   * Does between two tasks what updates ask for: records new revisions, waits while the run is
   * paused. A run paused in its last task waits here, too: it may be appended to.
   */
  private void settle() {
    Workflow.await(Workflow::isEveryHandlerFinished);
    recordRevisions();
    while (paused) {
      record(RunState.PAUSED);
      while (paused) {
        Workflow.await(() -> !paused || !unrecorded.isEmpty());
        recordRevisions();
      }
      record(RunState.RUNNING);
      recordRevisions();
    }
  }

  private void recordRevisions() {
    while (!unrecorded.isEmpty()) {
      Hardship.endure(this::recordRevision);
    }
  }

  private void recordRevision() {
    control("append").reviseRun(request.run(), unrecorded.getFirst());
    unrecorded.removeFirst();
  }

  /** Runs the task's child to its end; passes pauses on to it. */
  private ManifestReference learn(int task) {
    TaskWorkflow child = child(task);
    Promise<ManifestReference> done =
        Async.function(
            child::run,
            new TaskRequest(
                request.run(),
                sequence,
                request.strategy(),
                request.profile(),
                task,
                tasks,
                input,
                request.policy()));
    Workflow.getWorkflowExecution(child).get();
    try {
      passOnUpdates(child, done);
    } catch (CanceledFailure | ActivityFailure e) {
      if (!CancellationScope.current().isCancelRequested()) {
        throw e;
      }
      // The child is being cancelled too; what it says when it has stopped is the failure to
      // report.
    }
    return done.get();
  }

  /** The child itself says when it rests and when it goes on. */
  private void passOnUpdates(TaskWorkflow child, Promise<ManifestReference> done) {
    boolean held = false;
    while (!done.isCompleted()) {
      boolean before = held;
      Workflow.await(() -> done.isCompleted() || paused != before || !unrecorded.isEmpty());
      recordRevisions();
      if (!done.isCompleted() && paused != held) {
        held = paused;
        hold(child, done, held);
      }
    }
  }

  private static void hold(TaskWorkflow child, Promise<ManifestReference> done, boolean held) {
    try {
      child.hold(held);
    } catch (SignalExternalWorkflowException | ApplicationFailure e) {
      if (!endedBefore(e)) {
        throw e;
      }
      // The next task starts as the state says.
      done.get();
    }
  }

  /**
   * Whether a signal failed because the task had ended before it came. The server's answer reaches
   * workflow code as an {@link ApplicationFailure} named after its cause.
   */
  static boolean endedBefore(RuntimeException signalling) {
    return signalling instanceof SignalExternalWorkflowException
        || (signalling instanceof ApplicationFailure failure
            && TASK_NOT_FOUND.equals(failure.getType()));
  }

  private TaskWorkflow child(int task) {
    return Workflow.newChildWorkflowStub(
        TaskWorkflow.class,
        ChildWorkflowOptions.newBuilder()
            .setWorkflowId(request.run() + "/" + task)
            .setTaskQueue(TaskQueues.control(request.profile()))
            .setWorkflowTaskTimeout(TaskQueues.WORKFLOW_TASK_TIMEOUT)
            .setParentClosePolicy(ParentClosePolicy.PARENT_CLOSE_POLICY_REQUEST_CANCEL)
            .setCancellationType(ChildWorkflowCancellationType.WAIT_CANCELLATION_COMPLETED)
            .setTypedSearchAttributes(
                io.temporal.common.SearchAttributes.newBuilder()
                    .set(SearchAttributes.RUN, request.run())
                    .set(SearchAttributes.SEQUENCE, sequence)
                    .set(SearchAttributes.STRATEGY, request.strategy())
                    .set(SearchAttributes.TASK, (long) task)
                    .build())
            .setStaticSummary(request.run() + ": task " + task + " (of " + tasks + ")")
            .build());
  }

  /**
   * Starts a fresh history, on the newest build of the workers. No child is open between tasks and
   * no update is under way.
   */
  private void continueAsNew() {
    RunProgress progress =
        new RunProgress(sequence, tasks, nextTask, input, paused, new ArrayList<>(updates));
    Workflow.newContinueAsNewStub(
            TaskSequenceWorkflow.class,
            ContinueAsNewOptions.newBuilder()
                .setInitialVersioningBehavior(InitialVersioningBehavior.AUTO_UPGRADE)
                .build())
        .run(request.continuedFrom(progress));
  }

  private void record(RunState state) {
    Hardship.endure(() -> control(state.name()).changeRun(request.run(), state));
  }

  private void closeDone() {
    closing = RunState.DONE;
    Hardship.endure(() -> control("close").closeRun(closing(RunState.DONE, null)));
  }

  private RunClosing closing(RunState state, String reason) {
    return new RunClosing(request.run(), sequence, state, input, reason);
  }

  private TemporalFailure closeAfter(TemporalFailure failure) {
    boolean cancelled = CancellationScope.current().isCancelRequested();
    RunState state = cancelled ? RunState.CANCELLED : RunState.FAILED;
    String reason = cancelled ? "cancelled on request" : RootMessage.of(failure);
    closing = state;
    Workflow.newDetachedCancellationScope(() -> closeUndone(closing(state, reason))).run();
    if (cancelled) {
      return failure instanceof CanceledFailure ? failure : new CanceledFailure(reason);
    }
    return ApplicationFailure.newNonRetryableFailureWithCause(reason, "autoseed.run", failure);
  }

  /** Whatever cannot be written down any more, the run ends with the reason that it has. */
  private void closeUndone(RunClosing closing) {
    try {
      while (closing.state() == RunState.CANCELLED && !unrecorded.isEmpty()) {
        recordRevision(); // who cancels waits for no hardship
      }
    } catch (ActivityFailure lost) {
      // The history keeps why, and the run needs the revision no more.
    }
    try {
      PhaseActivityStubs.closing(request.profile(), request.policy(), request.run() + ": close")
          .closeRun(closing);
    } catch (ActivityFailure unrecorded) {
      // The history keeps why.
    }
  }

  private ControlActivities control(String step) {
    return PhaseActivityStubs.control(
        request.profile(), request.policy(), request.run() + ": " + step);
  }

  @Override
  public RunStatus status() {
    RunState state = closing != null ? closing : paused ? RunState.PAUSED : RunState.RUNNING;
    return new RunStatus(request.run(), state, sequence, tasks, nextTask, input);
  }

  @Override
  public RunStatus pause() {
    paused = true;
    return status();
  }

  @Override
  public void checkPause() {
    requireOpen();
    if (paused) {
      throw new IllegalStateException("run " + request.run() + " is paused already");
    }
  }

  @Override
  public RunStatus resume() {
    paused = false;
    return status();
  }

  @Override
  public void checkResume() {
    requireOpen();
    if (!paused) {
      throw new IllegalStateException("run " + request.run() + " is not paused");
    }
  }

  @Override
  public RunStatus append(AppendRequest append) {
    if (remember(updateId())) {
      sequence = append.sequence();
      tasks = append.tasks();
      unrecorded.addLast(append);
    }
    return status();
  }

  @Override
  public void checkAppend(AppendRequest append) {
    requireOpen();
    if (updates.contains(updateId())) {
      return;
    }
    if (!append.parent().equals(sequence)) {
      throw new IllegalArgumentException(
          "expected a revision of "
              + sequence
              + ", found one of "
              + append.parent()
              + ": append to the newest revision");
    }
    if (append.tasks() <= tasks) {
      throw new IllegalArgumentException(
          "expected more than " + tasks + " tasks, found " + append.tasks());
    }
  }

  private void requireOpen() {
    if (closing != null) {
      throw new IllegalStateException("run " + request.run() + " is already " + closing);
    }
  }

  private static String updateId() {
    return Workflow.getCurrentUpdateInfo().orElseThrow().getUpdateId();
  }

  private boolean remember(String update) {
    if (updates.contains(update)) {
      return false;
    }
    updates.addLast(update);
    if (updates.size() > UPDATES_REMEMBERED) {
      updates.removeFirst();
    }
    return true;
  }
}
