package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.EncoderRow;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.learning.sequence.TaskDocument;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Writes down, once a process, which encoders made the features of the tasks. Thread-safe. */
final class EncoderRecords {
  private static final String BUILTIN = "builtin";

  private final Runs runs;
  private final Trunk trunk;
  private final FeatureShards features;
  private final Set<String> noted = ConcurrentHashMap.newKeySet();

  EncoderRecords(Runs runs, Trunk trunk, FeatureShards features) {
    this.runs = runs;
    this.trunk = trunk;
    this.features = features;
  }

  /**
   * Notes the encoder of a task whose features are in the store; precomputed ones have none.
   *
   * @param shards all of the task's
   */
  void note(TaskDocument task, List<Shard> shards) {
    if (task.features() || noted.contains(trunk.encoderDigest())) {
      return;
    }
    FeatureShards.Widths widths = features.widths(shards);
    runs.encoder(
        new EncoderRow(
            trunk.encoderDigest(),
            BUILTIN,
            trunk.jointSpace().digest(),
            widths.image(),
            widths.text()));
    noted.add(trunk.encoderDigest());
  }
}
