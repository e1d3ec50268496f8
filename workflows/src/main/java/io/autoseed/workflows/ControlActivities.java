package io.autoseed.workflows;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Activities that compute nothing, on {@link TaskQueues#control}. */
@ActivityInterface
public interface ControlActivities {
  /** Records that the run is being executed. May be called again. */
  @ActivityMethod(name = "OpenRun")
  void openRun(RunRequest request);

  /** Records that the run rests, paused, or goes on. May be called again. */
  @ActivityMethod(name = "ChangeRun")
  void changeRun(String run, RunState state);

  /** Records a longer revision that the run has accepted. May be called again. */
  @ActivityMethod(name = "ReviseRun")
  void reviseRun(String run, AppendRequest revision);

  /**
   * Lists the shards of features that the task, and the evaluation after it, need and the store
   * lacks. Commits ENCODE at once if it lacks none.
   */
  @ActivityMethod(name = "PlanEncode")
  EncodePlan planEncode(PhaseRequest request);

  /** Commits ENCODE: all shards of the task are in the store. */
  @ActivityMethod(name = "Encode")
  PhaseOutcome encode(EncodeRequest request);

  /** Commits PUBLISH: lineage, tracking, and after the last task the model version. */
  @ActivityMethod(name = "Publish")
  PhaseOutcome publish(PhaseRequest request);

  /**
   * Records how the run ended. May be called again. A run that is not done ends whatever is damaged
   * or gone.
   */
  @ActivityMethod(name = "CloseRun")
  void closeRun(RunClosing closing);
}
