package io.autoseed.activities.phase;

import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.util.List;

/**
 * The unit in which features are computed and stored: at most {@link Shards#SIZE} files of one
 * class and split, or the texts of one class.
 *
 * @param index in the task's list of shards
 * @param content what it holds
 * @param classIndex index of the class in the task document
 * @param files images (or rows), by digest; empty for texts
 * @param texts the class's texts; empty for images
 * @param key SHA-256 over the encoder, the numeric profile and the digests of what is encoded
 * @param prefix start of its place in the store, see {@link RunDocument#featurePrefix()} and {@link
 *     RunDocument#trainingPrefix}
 */
record Shard(
    int index,
    Content content,
    int classIndex,
    List<FileDocument> files,
    List<String> texts,
    String key,
    String prefix) {
  /** Name of the one tensor in a shard's object: float32 [rows, width]. */
  static final String TENSOR = "x";

  enum Content {
    TEXTS,
    TRAIN,
    TEST
  }

  /** Where the shard lies in the store. */
  String objectKey() {
    return prefix + key + ".safetensors";
  }

  /** Whether the store keeps it no longer than until its task is published. */
  boolean passing() {
    return TrainingFeatures.holds(prefix);
  }

  /** Rows of the tensor: a class has one text embedding, the mean over its texts. */
  int rows() {
    return content == Content.TEXTS ? 1 : files.size();
  }
}
