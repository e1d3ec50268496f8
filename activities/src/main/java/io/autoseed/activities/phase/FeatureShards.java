package io.autoseed.activities.phase;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.evaluation.TaskFeatures;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Failures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Shards of features in the store, and tasks put together from them. What {@link Shard#passing
 * passes} is neither remembered nor kept on local disk. Thread-safe.
 */
final class FeatureShards {
  private static final String KIND = "features";

  /** Those of a few million images; a look for another is a request to the store. */
  private static final int SHARDS_KNOWN = 1 << 16;

  private final ArtifactStore store;
  private final ObjectCache cache;

  /** The most recently used, by key. */
  private final Map<String, StoredObject> known =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, StoredObject> eldest) {
              return size() > SHARDS_KNOWN;
            }
          });

  FeatureShards(ArtifactStore store, ObjectCache cache) {
    this.store = store;
    this.cache = cache;
  }

  /** The shard's object, if it has been computed. */
  Optional<StoredObject> find(Shard shard) {
    StoredObject found = known.get(shard.objectKey());
    if (found != null) {
      return Optional.of(found);
    }
    Optional<StoredObject> stored = store.stat(shard.objectKey());
    stored.ifPresent(object -> remember(shard, object));
    return stored;
  }

  private void remember(Shard shard, StoredObject stored) {
    if (!shard.passing()) {
      known.put(shard.objectKey(), stored);
    }
  }

  /** The shard's object, which ENCODE must have left in the store. */
  StoredObject require(Shard shard) {
    return find(shard)
        .orElseThrow(
            () ->
                Failures.unavailable(
                    shard.objectKey()
                        + " is not in the store: expected it there since ENCODE; run the"
                        + " sequence again",
                    null));
  }

  /** Keeps a shard that was computed; of several writers the first is kept. */
  StoredObject put(Shard shard, Tensor rows) {
    byte[] bytes = SafeTensors.encode(TensorBundle.of(Map.of(Shard.TENSOR, rows)));
    StoredObject stored =
        store
            .putIfAbsent(shard.objectKey(), bytes, KIND)
            .or(() -> store.find(shard.objectKey()).map(FoundObject::stored))
            .orElseThrow();
    remember(shard, stored);
    return stored;
  }

  /**
   * The task as the trunk sees it.
   *
   * @param shards all of the task's, in order
   */
  TaskFeatures task(TaskDocument task, List<Shard> shards) {
    return new TaskFeatures(
        task.classes().stream().mapToInt(ClassDocument::number).toArray(),
        rows(task, shards, Shard.Content.TEXTS),
        rows(task, shards, Shard.Content.TRAIN),
        labels(task, shards, Shard.Content.TRAIN),
        rows(task, shards, Shard.Content.TEST),
        labels(task, shards, Shard.Content.TEST));
  }

  /**
   * The task without its training examples, whose shards need not be there.
   *
   * @param shards all of the task's, in order
   */
  TaskFeatures withoutTraining(TaskDocument task, List<Shard> shards) {
    return task(
        task, shards.stream().filter(shard -> shard.content() != Shard.Content.TRAIN).toList());
  }

  /** Widths of raw features and of raw text embeddings. */
  record Widths(int image, int text) {}

  /** The widths of a task's features, read off its first shards, if need be of training images. */
  Widths widths(List<Shard> shards) {
    int test = width(shards, Shard.Content.TEST);
    return new Widths(
        test > 0 ? test : width(shards, Shard.Content.TRAIN), width(shards, Shard.Content.TEXTS));
  }

  private int width(List<Shard> shards, Shard.Content content) {
    return shards.stream()
        .filter(shard -> shard.content() == content)
        .findFirst()
        .map(shard -> read(shard).size(1))
        .orElse(0);
  }

  private static int[] labels(TaskDocument task, List<Shard> shards, Shard.Content content) {
    return shards.stream()
        .filter(shard -> shard.content() == content)
        .flatMapToInt(
            shard ->
                shard.files().stream()
                    .mapToInt(file -> task.classes().get(shard.classIndex()).number()))
        .toArray();
  }

  private Tensor rows(TaskDocument task, List<Shard> shards, Shard.Content content) {
    List<Shard> wanted = shards.stream().filter(shard -> shard.content() == content).toList();
    long rows = wanted.stream().mapToLong(Shard::rows).sum();
    int width = wanted.isEmpty() ? 0 : read(wanted.get(0)).size(1);
    ByteBuffer joined =
        ByteBuffer.allocate(bytes(task, content, rows, width)).order(ByteOrder.LITTLE_ENDIAN);
    wanted.forEach(shard -> joined.put(read(shard).buffer()));
    return Tensor.ofBytes(ElementType.F32, joined.array(), (int) rows, width);
  }

  /** Bytes of the features of a task, which must fit into one tensor of at most 2 GiB. */
  static int bytes(TaskDocument task, Shard.Content content, long rows, int width) {
    long bytes = Float.BYTES * rows * width;
    if (bytes > Integer.MAX_VALUE - Long.BYTES) {
      throw Failures.badInput(
          "task '%s' has %,d rows of %s features of width %d, %,d bytes: expected at most 2 GiB; cut it into tasks of fewer classes, or limit train-per-class and test-per-class"
              .formatted(task.name(), rows, content.name().toLowerCase(Locale.ROOT), width, bytes),
          null);
    }
    return (int) bytes;
  }

  private Tensor read(Shard shard) {
    StoredObject object = require(shard);
    byte[] bytes =
        shard.passing()
            ? store.require(object)
            : cache.get(object.sha256(), () -> store.require(object));
    try {
      Tensor rows = SafeTensors.decode(bytes).get(Shard.TENSOR);
      if (rows.type() != ElementType.F32 || rows.size(0) != shard.rows()) {
        throw Failures.badInput(
            shard.objectKey() + ": expected " + shard.rows() + " rows of F32, found " + rows, null);
      }
      return rows;
    } catch (IOException e) {
      throw Failures.badInput(shard.objectKey() + ": " + e.getMessage(), e);
    }
  }
}
