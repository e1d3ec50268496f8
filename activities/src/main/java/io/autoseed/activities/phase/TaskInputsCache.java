package io.autoseed.activities.phase;

import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.evaluation.TaskFeatures;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Tasks in the joint space, put together from their shards. The most recently used are kept in
 * memory, because every row of the accuracy matrix reads the same ones again.
 */
final class TaskInputsCache {
  private static final long LARGEST_BYTES = 96L << 20;

  /** Of a kept task beside its numbers: its key, and the objects that hold them. */
  private static final long BESIDE_BYTES = 2048;

  private final RunDocuments documents;
  private final FeatureShards shards;
  private final EncoderChoice encoders;
  private final Map<String, TaskInputs> kept = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  TaskInputsCache(RunDocuments documents, FeatureShards shards, EncoderChoice encoders) {
    this.documents = documents;
    this.shards = shards;
    this.encoders = encoders;
  }

  /** The task of that digest to be learned, aligned with the run's centre. */
  TaskInputs toLearn(String digest, RunDocument run, JointSpace space, Tensor centre) {
    return get(
        "learn " + run.featurePrefix(),
        digest,
        space,
        centre,
        task -> TaskInputs.of(shards.task(task, encoders.shards(task, run)), space, centre));
  }

  /**
   * The task of that digest to be tested on: without training examples, which may not be encoded
   * yet.
   */
  TaskInputs toTest(String digest, RunDocument run, JointSpace space, Tensor centre) {
    return get(
        "test " + run.featurePrefix(),
        digest,
        space,
        centre,
        task -> {
          TaskFeatures features = shards.withoutTraining(task, encoders.shards(task, run));
          return new TaskInputs(
              new TaskClasses(features.classes(), space.texts(features.texts())),
              new TrainingSet(Tensor.of(new float[0], 0, space.width()), new int[0]),
              space.images(features.test(), centre),
              features.testLabels(),
              centre);
        });
  }

  private synchronized TaskInputs get(
      String use,
      String digest,
      JointSpace space,
      Tensor centre,
      Function<TaskDocument, TaskInputs> assembly) {
    String key = use + digest + space.digest() + CanonicalJson.sha256(bytes(centre));
    TaskInputs known = kept.get(key);
    if (known != null) {
      return known;
    }
    TaskInputs made = assembly.apply(documents.task(digest));
    kept.put(key, made);
    bytes += size(made);
    var oldest = kept.values().iterator();
    while (bytes > LARGEST_BYTES && kept.size() > 1) {
      bytes -= size(oldest.next());
      oldest.remove();
    }
    return made;
  }

  private static byte[] bytes(Tensor tensor) {
    byte[] copy = new byte[tensor.byteSize()];
    tensor.buffer().get(copy);
    return copy;
  }

  /** Bytes that a kept task takes, about: of tiny ones, which are kept by the thousand, too. */
  static long size(TaskInputs task) {
    long tensors =
        (long) task.training().images().byteSize()
            + task.testImages().byteSize()
            + task.classes().texts().byteSize()
            + task.centre().byteSize();
    long numbers =
        (long) task.training().labels().length
            + task.testLabels().length
            + task.classes().numbers().length;
    return BESIDE_BYTES + tensors + Integer.BYTES * numbers;
  }
}
