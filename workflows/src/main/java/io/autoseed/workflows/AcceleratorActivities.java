package io.autoseed.workflows;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Activities that compute with tensors, on {@link TaskQueues#accelerator}: one at a time in a
 * worker process. The three learning phases go on from their last checkpoint.
 */
@ActivityInterface
public interface AcceleratorActivities {
  /** Encodes those shards that the store lacks. */
  @ActivityMethod(name = "EncodeShards")
  ShardReport encodeShards(ShardGroup group);

  @ActivityMethod(name = "Replay")
  PhaseOutcome replay(PhaseRequest request);

  @ActivityMethod(name = "Adapt")
  PhaseOutcome adapt(PhaseRequest request);

  @ActivityMethod(name = "SeedUpdate")
  PhaseOutcome seedUpdate(PhaseRequest request);

  @ActivityMethod(name = "Evaluate")
  PhaseOutcome evaluate(PhaseRequest request);
}
