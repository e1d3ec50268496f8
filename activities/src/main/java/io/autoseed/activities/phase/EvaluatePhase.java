package io.autoseed.activities.phase;

import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.evaluation.Evaluation;
import io.autoseed.learning.evaluation.EvaluationPlan;
import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.ForwardTransfer;
import io.autoseed.learning.evaluation.TaskFeatures;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** EVALUATE: one row of the accuracy matrix, and what REPLAY foresaw of the task. */
final class EvaluatePhase {
  private final Workbench bench;

  EvaluatePhase(Workbench bench) {
    this.bench = bench;
  }

  PhaseOutcome perform(PhaseRequest request) {
    try (Pulse pulse = Pulse.start(null)) {
      Assignment assignment = bench.assignment(request);
      Strategy strategy = bench.strategy(assignment.sequence());
      JointSpace space = bench.spaces().of(assignment.task(), assignment.run());
      String encoder = bench.encoders().digest(assignment.task());
      var plan =
          assignment.plan(assignment.key(strategy, encoder, space.digest(), bench.profile()));
      return bench.train(
          plan,
          attempt -> {
            PhaseProduct product = measure(assignment, strategy, space, pulse);
            pulse.check();
            return product;
          });
    }
  }

  /** Before each cell and each sample of examples it gives way if it is to. */
  private PhaseProduct measure(
      Assignment assignment, Strategy strategy, JointSpace space, Pulse pulse) {
    long from = System.nanoTime();
    int task = assignment.request().task();
    EvaluationPlan plan =
        new EvaluationPlan(
            assignment.sequence().evaluation(), assignment.sequence().tasks().size());
    Measured measured = new Measured(null, null);
    if (plan.measuresRow(task)) {
      Tensor centre = assignment.carried().centre();
      List<TaskInputs> tasks = tasks(assignment, plan, space, centre, pulse);
      EvaluationRow row =
          row(
              strategy,
              assignment.carried().state(),
              tasks,
              task,
              assignment.sequence().evaluation(),
              pulse);
      LearnerState replayed = afterReplay(assignment);
      measured =
          new Measured(row, beforeTask(strategy, replayed, tasks.subList(0, task + 1), pulse));
    }
    SortedMap<String, Double> metrics = metrics(measured);
    Optional<SeedSample> sample = sample(assignment);
    sample.ifPresent(read -> metrics.putAll(fidelity(assignment, read, space, pulse)));
    double seconds = (System.nanoTime() - from) / 1e9;
    return PhaseProduct.of(
            Map.of(CarriedState.EVALUATION, CanonicalJson.bytes(measured)),
            assignment.carried().objects(),
            metrics,
            seconds)
        .withAccuracy(measured.row() == null ? List.of() : cells(measured.row()))
        .withConsumed(consumed(assignment, plan, sample));
  }

  private List<TaskInputs> tasks(
      Assignment assignment, EvaluationPlan plan, JointSpace space, Tensor centre, Pulse pulse) {
    List<String> digests = assignment.sequence().tasks();
    return new TestedTasks(
        digests.size(),
        plan.tasksRead(assignment.request().task()),
        index ->
            new Computation(pulse)
                .asking(
                    () ->
                        bench.inputs().toTest(digests.get(index), assignment.run(), space, centre)),
        () -> pulse.giveWay(bench.stopping(), null));
  }

  static EvaluationRow row(
      Strategy strategy,
      LearnerState state,
      List<TaskInputs> tasks,
      int afterTask,
      EvaluationRows rows,
      Pulse pulse) {
    return new Computation(pulse).of(() -> Evaluation.row(strategy, state, tasks, afterTask, rows));
  }

  static ForwardTransfer beforeTask(
      Strategy strategy, LearnerState afterReplay, List<TaskInputs> tasks, Pulse pulse) {
    return new Computation(pulse).of(() -> Evaluation.afterReplay(strategy, afterReplay, tasks));
  }

  private LearnerState afterReplay(Assignment assignment) {
    PhaseRequest request = assignment.request();
    StoredManifest replay = bench.left(request.run(), request.task(), Phase.REPLAY);
    return CarriedState.of(replay, bench.manifests()).state();
  }

  /** What the seeds are measured against, once: after the last task of the sequence. */
  private Optional<SeedSample> sample(Assignment assignment) {
    return SeedFidelity.measurable(assignment.carried().state())
        ? bench.seedSample(assignment)
        : Optional.empty();
  }

  private SortedMap<String, Double> fidelity(
      Assignment assignment, SeedSample sample, JointSpace space, Pulse pulse) {
    return fidelity(
        assignment.carried().state(),
        sample,
        () -> pulse.giveWay(bench.stopping(), null),
        index -> examples(assignment, sample, index, space),
        pulse);
  }

  /**
   * @param breath drawn before the examples of each task are read
   * @param examples of a task by index, from the store
   */
  static SortedMap<String, Double> fidelity(
      LearnerState state,
      SeedSample sample,
      Runnable breath,
      IntFunction<TrainingSet> examples,
      Pulse pulse) {
    Computation computation = new Computation(pulse);
    return computation.of(
        () ->
            SeedFidelity.of(
                state,
                sample,
                index -> {
                  breath.run();
                  return computation.asking(() -> examples.apply(index));
                }));
  }

  private TrainingSet examples(
      Assignment assignment, SeedSample sample, int index, JointSpace space) {
    TaskFeatures features =
        bench
            .shards()
            .task(task(assignment, index), sample.among(index, shards(assignment, index)));
    return new TrainingSet(
        space.images(features.train(), assignment.carried().centre()), features.trainLabels());
  }

  private List<ArtifactReference> consumed(
      Assignment assignment, EvaluationPlan plan, Optional<SeedSample> sample) {
    Set<ArtifactReference> consumed = new LinkedHashSet<>();
    for (int task : plan.tasksRead(assignment.request().task())) {
      shards(assignment, task).stream()
          .filter(shard -> shard.content() != Shard.Content.TRAIN)
          .forEach(shard -> consumed.add(reference(shard)));
    }
    sample.ifPresent(
        read ->
            read.tasks()
                .forEach(
                    task ->
                        read.among(task, shards(assignment, task))
                            .forEach(shard -> consumed.add(reference(shard)))));
    return List.copyOf(consumed);
  }

  private TaskDocument task(Assignment assignment, int index) {
    return bench.documents().task(assignment.sequence().tasks().get(index));
  }

  private List<Shard> shards(Assignment assignment, int task) {
    return bench.encoders().shards(task(assignment, task), assignment.run());
  }

  private ArtifactReference reference(Shard shard) {
    return ArtifactReference.of(bench.shards().require(shard), "features");
  }

  private static List<AccuracyCell> cells(EvaluationRow row) {
    List<AccuracyCell> cells = new ArrayList<>();
    add(cells, AccuracyCell.HEADLINE, row.afterTask(), row.classIncremental());
    add(cells, "task-incremental", row.afterTask(), row.taskIncremental());
    add(cells, "zero-shot-class-incremental", row.afterTask(), row.zeroShotClassIncremental());
    add(cells, "zero-shot-task-incremental", row.afterTask(), row.zeroShotTaskIncremental());
    add(cells, "all-classes", row.afterTask(), row.allClasses());
    return cells;
  }

  private static void add(
      List<AccuracyCell> cells, String setting, int afterTask, List<Double> values) {
    for (int task = 0; task < values.size(); task++) {
      if (values.get(task) != null) {
        cells.add(new AccuracyCell(setting, afterTask, task, values.get(task)));
      }
    }
  }

  private static SortedMap<String, Double> metrics(Measured measured) {
    SortedMap<String, Double> metrics = new TreeMap<>();
    EvaluationRow row = measured.row();
    if (row == null) {
      return metrics;
    }
    metrics.put("memoryBytes", (double) row.memoryBytes());
    metrics.put("memoryBytesPerClass", row.memoryBytesPerClass());
    metrics.put("classesLearned", (double) row.classesLearned());
    row.classIncremental().subList(0, row.afterTask() + 1).stream()
        .filter(cell -> cell != null)
        .mapToDouble(Double::doubleValue)
        .average()
        .ifPresent(mean -> metrics.put("seen", mean));
    return metrics;
  }
}
