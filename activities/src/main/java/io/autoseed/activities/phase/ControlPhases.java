package io.autoseed.activities.phase;

import io.autoseed.workflows.AppendRequest;
import io.autoseed.workflows.ControlActivities;
import io.autoseed.workflows.EncodePlan;
import io.autoseed.workflows.EncodeRequest;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import io.autoseed.workflows.RunClosing;
import io.autoseed.workflows.RunRequest;
import io.autoseed.workflows.RunState;

/** The activities of the control queue. */
final class ControlPhases implements ControlActivities {
  private final EncodePhase encode;
  private final PublishPhase publish;
  private final RunRecords records;

  ControlPhases(EncodePhase encode, PublishPhase publish, RunRecords records) {
    this.encode = encode;
    this.publish = publish;
    this.records = records;
  }

  @Override
  public void openRun(RunRequest request) {
    Beating.during(() -> records.change(request.run(), RunState.RUNNING));
  }

  @Override
  public void changeRun(String run, RunState state) {
    Beating.during(() -> records.change(run, state));
  }

  @Override
  public void reviseRun(String run, AppendRequest revision) {
    Beating.during(() -> records.revise(run, revision));
  }

  @Override
  public EncodePlan planEncode(PhaseRequest request) {
    return Beating.during(() -> encode.plan(request));
  }

  @Override
  public PhaseOutcome encode(EncodeRequest request) {
    return Beating.during(() -> encode.commit(request));
  }

  @Override
  public PhaseOutcome publish(PhaseRequest request) {
    return Beating.during(() -> publish.perform(request));
  }

  @Override
  public void closeRun(RunClosing closing) {
    Beating.during(() -> records.close(closing));
  }
}
