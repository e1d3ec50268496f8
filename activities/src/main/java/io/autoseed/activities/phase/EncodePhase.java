package io.autoseed.activities.phase;

import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.PhaseKey;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.evaluation.EvaluationPlan;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.workflows.EncodePlan;
import io.autoseed.workflows.EncodeRequest;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import io.autoseed.workflows.ShardGroup;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * ENCODE: the trunk's features of a task's images and texts, in shards that every run shares and
 * {@link ShardEncoding} makes. Also sees to it that the features exist by which the task's row of
 * the accuracy matrix is measured, those of tasks to come included, and with the last task those
 * that the seeds are measured against.
 */
final class EncodePhase {
  /** Most shards that one plan lists. */
  private static final int LARGEST_PLAN = 4096;

  private final Workbench bench;
  private final EncoderRecords encoders;

  EncodePhase(Workbench bench, EncoderRecords encoders) {
    this.bench = bench;
    this.encoders = encoders;
  }

  EncodePlan plan(PhaseRequest request) {
    Assignment assignment = bench.assignment(request);
    ShardGroups missing = new ShardGroups(request.run(), request.sequence());
    int total = 0;
    int listed = 0;
    Optional<SeedSample> sample = sample(assignment);
    Set<Integer> rows = tasksRead(assignment);
    Set<Integer> tasks = new LinkedHashSet<>(rows);
    sample.ifPresent(read -> tasks.addAll(read.tasks()));
    for (int task : tasks) {
      if (missing.full()) {
        break;
      }
      TaskDocument document = bench.documents().task(assignment.sequence().tasks().get(task));
      List<Shard> shards = bench.encoders().shards(document, assignment.run());
      List<Shard> needed =
          task == request.task() ? shards : neededOf(task, shards, rows.contains(task), sample);
      List<Shard> absent = new ArrayList<>();
      for (Shard shard : needed) {
        total++;
        if (listed < LARGEST_PLAN && bench.shards().find(shard).isEmpty()) {
          absent.add(shard);
          listed++;
        }
      }
      missing.add(task, absent, document.features());
    }
    List<ShardGroup> groups = missing.groups();
    PhaseOutcome committed =
        groups.isEmpty() ? commit(assignment, new EncodeRequest(request, 0, 0)) : null;
    boolean complete = listed < LARGEST_PLAN && !missing.full();
    return new EncodePlan(total, groups, complete, committed);
  }

  /**
   * Shards of another task: what its column of the row is measured by, and what seeds are measured
   * against.
   */
  static List<Shard> neededOf(
      int task, List<Shard> shards, boolean inRow, Optional<SeedSample> sample) {
    List<Shard> needed = new ArrayList<>();
    if (inRow) {
      shards.stream().filter(shard -> shard.content() != Shard.Content.TRAIN).forEach(needed::add);
    }
    sample.ifPresent(read -> needed.addAll(read.among(task, shards)));
    return needed;
  }

  /** What EVALUATE of the last task measures the seeds against, if the past has left any. */
  private Optional<SeedSample> sample(Assignment assignment) {
    return assignment.carried().objects().containsKey(SeedRows.OBJECT)
        ? bench.seedSample(assignment)
        : Optional.empty();
  }

  /** The task itself, then those that its row of the accuracy matrix reads. */
  private static Set<Integer> tasksRead(Assignment assignment) {
    SequenceDocument sequence = assignment.sequence();
    int own = assignment.request().task();
    Set<Integer> tasks = new LinkedHashSet<>(List.of(own));
    boolean pastIsEncoded = own > assignment.run().firstTask();
    EvaluationPlan plan = new EvaluationPlan(sequence.evaluation(), sequence.tasks().size());
    for (int task : plan.tasksRead(own)) {
      if (task > own || (task < own && !pastIsEncoded)) {
        tasks.add(task);
      }
    }
    return tasks;
  }

  /** Commits the task's own shards. How many were reused is no part of the outcome. */
  PhaseOutcome commit(EncodeRequest encoded) {
    return commit(bench.assignment(encoded.request()), encoded);
  }

  private PhaseOutcome commit(Assignment assignment, EncodeRequest encoded) {
    List<Shard> shards = bench.encoders().shards(assignment.task(), assignment.run());
    String encoder = bench.encoders().digest(assignment.task());
    PhaseKey key =
        PhaseKey.encode(
            assignment.taskDigest(),
            assignment.files(),
            encoder,
            assignment.task().features() ? EncoderChoice.PRECOMPUTED : bench.profile());
    encoders.note(assignment.task(), shards);
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
