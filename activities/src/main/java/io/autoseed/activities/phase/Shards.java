package io.autoseed.activities.phase;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * How a task's files are cut into shards: by class and split, sorted by file digest, in runs of
 * {@link #SIZE}. The cut depends on the task's document alone, never on the number of workers, and
 * a class's shards are the same in every task, order and run that learns it from the same files.
 */
final class Shards {
  static final int SIZE = 64;

  private Shards() {}

  /**
   * All shards of a task, class by class: its texts, training files, test files.
   *
   * @param encoder digest of the encoder that makes the features
   * @param profile digest of the numeric profile it runs under
   * @param prefix start of the shards' keys in the store
   * @param trainingPrefix the same of those of training images
   */
  static List<Shard> of(
      TaskDocument task, String encoder, String profile, String prefix, String trainingPrefix) {
    List<Shard> shards = new ArrayList<>();
    for (int c = 0; c < task.classes().size(); c++) {
      ClassDocument learned = task.classes().get(c);
      shards.add(texts(shards.size(), task, c, encoder, profile, prefix));
      cut(shards, Shard.Content.TRAIN, c, learned.train(), encoder, profile, trainingPrefix);
      cut(shards, Shard.Content.TEST, c, learned.test(), encoder, profile, prefix);
    }
    return shards;
  }

  /** Embeddings of precomputed features belong to the data set; others to their texts alone. */
  private static Shard texts(
      int index, TaskDocument task, int classIndex, String encoder, String profile, String prefix) {
    ClassDocument learned = task.classes().get(classIndex);
    TreeMap<String, Object> name = new TreeMap<>();
    name.put("encoder", encoder);
    name.put("profile", profile);
    name.put("texts", learned.texts());
    if (task.features()) {
      name.put("dataset", task.datasetDigest());
      name.put("class", learned.name());
    }
    return new Shard(
        index,
        Shard.Content.TEXTS,
        classIndex,
        List.of(),
        learned.texts(),
        CanonicalJson.digest(name),
        prefix);
  }

  private static void cut(
      List<Shard> shards,
      Shard.Content content,
      int classIndex,
      List<FileDocument> files,
      String encoder,
      String profile,
      String prefix) {
    List<FileDocument> sorted =
        files.stream()
            .sorted(Comparator.comparing(FileDocument::sha256).thenComparing(FileDocument::path))
            .toList();
    for (int from = 0; from < sorted.size(); from += SIZE) {
      List<FileDocument> part = sorted.subList(from, Math.min(from + SIZE, sorted.size()));
      TreeMap<String, Object> name = new TreeMap<>();
      name.put("encoder", encoder);
      name.put("profile", profile);
      name.put("files", part.stream().map(FileDocument::sha256).toList());
      shards.add(
          new Shard(
              shards.size(),
              content,
              classIndex,
              List.copyOf(part),
              List.of(),
              CanonicalJson.digest(name),
              prefix));
    }
  }
}
