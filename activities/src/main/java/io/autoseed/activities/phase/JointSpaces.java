package io.autoseed.activities.phase;

import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.encoder.SharedSpace;
import io.autoseed.learning.sequence.TaskDocument;

/**
 * Which joint space a task's raw features are aligned to: features whose images and texts have one
 * width share a space already; all others are the built-in model's.
 */
final class JointSpaces {
  private final FeatureShards shards;
  private final EncoderChoice encoders;
  private final Trunk builtin;

  JointSpaces(FeatureShards shards, EncoderChoice encoders, Trunk builtin) {
    this.shards = shards;
    this.encoders = encoders;
    this.builtin = builtin;
  }

  JointSpace of(TaskDocument task, RunDocument run) {
    if (task.features()) {
      FeatureShards.Widths widths = shards.widths(encoders.shards(task, run));
      if (widths.image() == widths.text()) {
        return new SharedSpace(widths.image());
      }
    }
    return builtin.jointSpace();
  }
}
