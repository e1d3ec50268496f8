package io.autoseed.activities.phase;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument;
import java.util.List;
import java.util.function.Supplier;

/** Which encoder makes a task's features, and so what its shards are called. */
final class EncoderChoice {
  /** Features that came with the data set depend on no encoder and no numeric profile. */
  static final String PRECOMPUTED = CanonicalJson.digest("precomputed");

  private final Supplier<String> builtin;
  private final String profile;

  /**
   * @param builtin digest of the built-in encoders; asked for only by tasks of images
   * @param profile digest of the numeric profile of this process
   */
  EncoderChoice(Supplier<String> builtin, String profile) {
    this.builtin = builtin;
    this.profile = profile;
  }

  String digest(TaskDocument task) {
    return task.features() ? PRECOMPUTED : builtin.get();
  }

  /**
   * The task's shards.
   *
   * @param run whose features they are
   */
  List<Shard> shards(TaskDocument task, RunDocument run) {
    return Shards.of(
        task,
        digest(task),
        task.features() ? PRECOMPUTED : profile,
        run.featurePrefix(),
        run.trainingPrefix(task));
  }
}
