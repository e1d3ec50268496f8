package io.autoseed.activities.phase;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.workflows.ShardGroup;
import io.autoseed.workflows.ShardReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the shards of features that ENCODE lists, those excepted that are there meanwhile. */
final class ShardEncoding {
  private static final Logger LOG = LoggerFactory.getLogger(ShardEncoding.class);

  private final Workbench bench;

  ShardEncoding(Workbench bench) {
    this.bench = bench;
  }

  ShardReport encode(ShardGroup group) {
    RunDocument run = bench.documents().run(group.run(), group.sequence());
    SequenceDocument sequence = bench.documents().sequence(group.sequence());
    TaskDocument task = bench.documents().task(sequence.tasks().get(group.task()));
    List<Shard> shards = bench.encoders().shards(task, run);
    try (Pulse pulse = Pulse.start(null)) {
      return encode(
          group.shards().stream().map(shards::get).toList(),
          bench.shards(),
          shard -> rows(run, task, shard),
          bench.stopping(),
          pulse);
    }
  }

  /**
   * @param kept where those lie that are there, and are put
   * @param rows what a shard holds, computed
   */
  static ShardReport encode(
      List<Shard> shards,
      FeatureShards kept,
      Function<Shard, Tensor> rows,
      Stopping stopping,
      Pulse pulse) {
    int computed = 0;
    double seconds = 0;
    for (Shard shard : shards) {
      pulse.giveWay(stopping, LoopProgress.ofShards(computed, seconds));
      if (kept.find(shard).isEmpty()) {
        long from = System.nanoTime();
        Tensor made = pulse.computing(() -> rows.apply(shard));
        seconds += (System.nanoTime() - from) / 1e9;
        kept.put(shard, made);
        computed++;
      }
    }
    return new ShardReport(computed, seconds);
  }

  private Tensor rows(RunDocument run, TaskDocument task, Shard shard) {
    if (!task.features() && shard.content() == Shard.Content.TEXTS) {
      return bench.trunk().texts(shard.texts());
    }
    return bench.dataSets().with(run, task.dataset(), dataSet -> rows(dataSet, task, shard));
  }

  private Tensor rows(DataSet dataSet, TaskDocument task, Shard shard) {
    if (task.features()) {
      ClassDocument learned = task.classes().get(shard.classIndex());
      return shard.content() == Shard.Content.TEXTS
          ? text(dataSet, learned)
          : features(dataSet, shard.files());
    }
    List<byte[]> files = new ArrayList<>();
    shard.files().forEach(file -> files.add(dataSet.read(file)));
    Tensor rows = bench.trunk().images(files, i -> shard.files().get(i).path());
    remark(shard, rows).ifPresent(remark -> LOG.warn("{}: {}", dataSet.root(), remark));
    return rows;
  }

  /** What is worth to be known of the features of a shard's images, in one line. */
  static Optional<String> remark(Shard shard, Tensor rows) {
    List<FileDocument> zeros =
        IntStream.range(0, shard.rows())
            .filter(row -> Rows.isZero(rows, row))
            .mapToObj(shard.files()::get)
            .toList();
    return zeros.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the features of %d of %d images are all zeros, the first those of %s: they are learned and tested as examples of their class and show nothing of it; look at these images"
                .formatted(zeros.size(), shard.rows(), zeros.get(0).path()));
  }

  /**
   * Texts of a features file have no digests of their own: that the file is the one that was
   * submitted shows in the class's rows, which have.
   */
  private static Tensor text(DataSet dataSet, ClassDocument learned) {
    learned.train().forEach(dataSet::features);
    learned.test().forEach(dataSet::features);
    return Tensor.of(dataSet.textEmbedding(learned), 1, dataSet.textWidth());
  }

  private static Tensor features(DataSet dataSet, List<FileDocument> files) {
    int width = dataSet.imageWidth();
    float[] rows = new float[files.size() * width];
    for (int i = 0; i < files.size(); i++) {
      System.arraycopy(dataSet.features(files.get(i)), 0, rows, i * width, width);
    }
    return Tensor.of(rows, files.size(), width);
  }
}
