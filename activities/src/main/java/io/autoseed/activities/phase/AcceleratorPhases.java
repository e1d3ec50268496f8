package io.autoseed.activities.phase;

import io.autoseed.workflows.AcceleratorActivities;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import io.autoseed.workflows.ShardGroup;
import io.autoseed.workflows.ShardReport;

/** The activities of the accelerator queue. */
final class AcceleratorPhases implements AcceleratorActivities {
  private final ShardEncoding encode;
  private final ReplayPhase replay;
  private final AdaptPhase adapt;
  private final SeedUpdatePhase seedUpdate;
  private final EvaluatePhase evaluate;

  AcceleratorPhases(Workbench bench) {
    StrategyPhase phase = new StrategyPhase(bench);
    encode = new ShardEncoding(bench);
    replay = new ReplayPhase(phase);
    adapt = new AdaptPhase(phase);
    seedUpdate = new SeedUpdatePhase(phase, bench.documents());
    evaluate = new EvaluatePhase(bench);
  }

  @Override
  public ShardReport encodeShards(ShardGroup group) {
    return Verdict.on(() -> encode.encode(group));
  }

  @Override
  public PhaseOutcome replay(PhaseRequest request) {
    return Verdict.on(() -> replay.perform(request));
  }

  @Override
  public PhaseOutcome adapt(PhaseRequest request) {
    return Verdict.on(() -> adapt.perform(request));
  }

  @Override
  public PhaseOutcome seedUpdate(PhaseRequest request) {
    return Verdict.on(() -> seedUpdate.perform(request));
  }

  @Override
  public PhaseOutcome evaluate(PhaseRequest request) {
    return Verdict.on(() -> evaluate.perform(request));
  }
}
