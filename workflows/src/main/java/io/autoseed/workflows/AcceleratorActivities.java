package io.autoseed.workflows;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/**
 * Activities that compute with tensors, on {@link TaskQueues#accelerator}. In a worker process one
 * computes at a time, while those before it may still commit. The three learning phases go on from
 * their last checkpoint.
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
