package io.autoseed.activities.phase;

import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.PhaseKey;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.evaluation.EvaluationPlan;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.workflows.EncodePlan;
import io.autoseed.workflows.EncodeRequest;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import io.autoseed.workflows.ShardGroup;
import io.autoseed.workflows.ShardReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * ENCODE: the trunk's features of a task's images and texts, in shards that every run shares. Also
 * sees to it that the features exist by which the task's row of the accuracy matrix is measured,
 * those of tasks to come included.
 */
final class EncodePhase {
  /** Most shards that one plan lists. */
  private static final int LARGEST_PLAN = 4096;

  /** Images encoded by one activity, a few seconds' work. */
  private static final int IMAGES_A_GROUP = 128;

  /** Rows of precomputed features copied by one activity. */
  private static final int ROWS_A_GROUP = 8192;

  private final Workbench bench;

  EncodePhase(Workbench bench) {
    this.bench = bench;
  }

  EncodePlan plan(PhaseRequest request) {
    Assignment assignment = bench.assignment(request);
    List<ShardGroup> missing = new ArrayList<>();
    int total = 0;
    int listed = 0;
    for (int task : tasksRead(assignment)) {
      TaskDocument document = bench.documents().task(assignment.sequence().tasks().get(task));
      List<Shard> absent = new ArrayList<>();
      for (Shard shard : bench.encoders().shards(document, assignment.run())) {
        boolean needed = task == request.task() || shard.content() != Shard.Content.TRAIN;
        total += needed ? 1 : 0;
        if (needed && listed < LARGEST_PLAN && bench.shards().find(shard).isEmpty()) {
          absent.add(shard);
          listed++;
        }
      }
      group(missing, request, task, absent, document.features());
    }
    return new EncodePlan(total, missing, listed < LARGEST_PLAN);
  }

  /** The task itself, then those that its row of the accuracy matrix reads. */
  private static List<Integer> tasksRead(Assignment assignment) {
    SequenceDocument sequence = assignment.sequence();
    int own = assignment.request().task();
    List<Integer> tasks = new ArrayList<>(List.of(own));
    boolean pastIsEncoded = own > assignment.run().firstTask();
    EvaluationPlan plan = new EvaluationPlan(sequence.evaluation(), sequence.tasks().size());
    for (int task : plan.tasksRead(own)) {
      if (task > own || (task < own && !pastIsEncoded)) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  private static void group(
      List<ShardGroup> groups,
      PhaseRequest request,
      int task,
      List<Shard> shards,
      boolean features) {
    int most = features ? ROWS_A_GROUP : IMAGES_A_GROUP;
    List<Integer> group = new ArrayList<>();
    int rows = 0;
    for (Shard shard : shards) {
      if (rows + shard.rows() > most && !group.isEmpty()) {
        groups.add(new ShardGroup(request.run(), request.sequence(), task, group));
        group = new ArrayList<>();
        rows = 0;
      }
      group.add(shard.index());
      rows += shard.rows();
    }
    if (!group.isEmpty()) {
      groups.add(new ShardGroup(request.run(), request.sequence(), task, group));
    }
  }

  ShardReport encode(ShardGroup group) {
    RunDocument run = bench.documents().run(group.run(), group.sequence());
    SequenceDocument sequence = bench.documents().sequence(group.sequence());
    TaskDocument task = bench.documents().task(sequence.tasks().get(group.task()));
    List<Shard> shards = bench.encoders().shards(task, run);
    int computed = 0;
    double seconds = 0;
    try (Pulse pulse = Pulse.start(null)) {
      for (int index : group.shards()) {
        pulse.check();
        if (bench.stopping().requested()) {
          throw Stopping.handOver();
        }
        Shard shard = shards.get(index);
        if (bench.shards().find(shard).isEmpty()) {
          long from = System.nanoTime();
          Tensor rows = rows(run, task, shard);
          seconds += (System.nanoTime() - from) / 1e9;
          bench.shards().put(shard, rows);
          computed++;
        }
        pulse.progress(computed);
      }
    }
    return new ShardReport(computed, seconds);
  }

  private Tensor rows(RunDocument run, TaskDocument task, Shard shard) {
    ClassDocument learned = task.classes().get(shard.classIndex());
    DataSet dataSet = bench.dataSets().of(run, task.dataset());
    if (task.features()) {
      return shard.content() == Shard.Content.TEXTS
          ? Tensor.of(dataSet.textEmbedding(learned), 1, dataSet.textWidth())
          : features(dataSet, shard.files());
    }
    if (shard.content() == Shard.Content.TEXTS) {
      return bench.trunk().texts(shard.texts());
    }
    List<byte[]> files = new ArrayList<>();
    shard.files().forEach(file -> files.add(dataSet.read(file)));
    return bench.trunk().images(files, i -> shard.files().get(i).path());
  }

  private static Tensor features(DataSet dataSet, List<FileDocument> files) {
    int width = dataSet.imageWidth();
    float[] rows = new float[files.size() * width];
    for (int i = 0; i < files.size(); i++) {
      System.arraycopy(dataSet.features(files.get(i)), 0, rows, i * width, width);
    }
    return Tensor.of(rows, files.size(), width);
  }

  /** Commits the task's own shards. How many were reused is no part of the outcome. */
  PhaseOutcome commit(EncodeRequest encoded) {
    Assignment assignment = bench.assignment(encoded.request());
    List<Shard> shards = bench.encoders().shards(assignment.task(), assignment.run());
    String encoder = bench.encoders().digest(assignment.task());
    PhaseKey key =
        PhaseKey.encode(
            assignment.taskDigest(),
            assignment.files(),
            encoder,
            assignment.task().features() ? EncoderChoice.PRECOMPUTED : bench.profile());
    PhaseOutcome outcome =
        bench.perform(
            assignment.plan(key), attempt -> product(assignment, shards, encoder, encoded));
    SortedMap<String, Double> metrics = new TreeMap<>(outcome.metrics());
    metrics.put("shardsComputed", (double) encoded.computed());
    return new PhaseOutcome(
        outcome.phase(),
        outcome.manifest(),
        metrics,
        outcome.computeSeconds(),
        outcome.reused() || encoded.computed() == 0);
  }

  private PhaseProduct product(
      Assignment assignment, List<Shard> shards, String encoder, EncodeRequest encoded) {
    SortedMap<String, StoredObject> placed = assignment.carried().objects();
    int images = 0;
    for (Shard shard : shards) {
      placed.put(
          CarriedState.FEATURES + shard.key() + ".safetensors", bench.shards().require(shard));
      images += shard.files().size();
    }
    Map<String, Double> metrics =
        Map.of(
            "images", (double) images,
            "classes", (double) assignment.task().classes().size(),
            "shards", (double) shards.size());
    return PhaseProduct.of(Map.of(), placed, metrics, encoded.computeSeconds())
        .withConsumed(
            List.of(
                ArtifactReference.outside("dataset", assignment.task().datasetDigest(), 0),
                ArtifactReference.outside("encoder", encoder, 0)));
  }
}
