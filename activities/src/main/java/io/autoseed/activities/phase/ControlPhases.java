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
import java.util.function.Supplier;

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
    beating(() -> records.change(request.run(), RunState.RUNNING));
  }

  @Override
  public void changeRun(String run, RunState state) {
    beating(() -> records.change(run, state));
  }

  @Override
  public void reviseRun(String run, AppendRequest revision) {
    beating(() -> records.revise(run, revision));
  }

  @Override
  public EncodePlan planEncode(PhaseRequest request) {
    return beating(() -> encode.plan(request));
  }

  @Override
  public PhaseOutcome encode(EncodeRequest request) {
    return beating(() -> encode.commit(request));
  }

  @Override
  public PhaseOutcome publish(PhaseRequest request) {
    return beating(() -> publish.perform(request));
  }

  @Override
  public void closeRun(RunClosing closing) {
    beating(() -> records.close(closing));
  }

  private static <T> T beating(Supplier<T> work) {
    try (Pulse pulse = Pulse.start(null)) {
      T result = Verdict.on(work);
      pulse.check();
      return result;
    }
  }

  private static void beating(Runnable work) {
    beating(
        () -> {
          work.run();
          return null;
        });
  }
}
