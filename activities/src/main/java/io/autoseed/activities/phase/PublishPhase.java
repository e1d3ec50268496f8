package io.autoseed.activities.phase;

import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.learning.evaluation.EvaluationPlan;
import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.ForwardTransfer;
import io.autoseed.learning.evaluation.SequenceMetrics;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * PUBLISH: the metrics of the sequence so far, over the learner state that the next task starts
 * from. Lineage and tracking follow from its commit, and the task's training features go if the run
 * {@link RunDocument#dropsFeatures drops} them: the attempt that dies before that has a successor.
 */
final class PublishPhase {
  /** In longer sequences only the last task's metrics are computed, from every row before it. */
  private static final int EVERY_TASK_UP_TO = 200;

  private static final int ROWS_KEPT = 1024;

  private final Workbench bench;
  private final TrainingFeatures training;
  private final Map<String, Measured> rows =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Measured> eldest) {
              return size() > ROWS_KEPT;
            }
          });

  PublishPhase(Workbench bench, TrainingFeatures training) {
    this.bench = bench;
    this.training = training;
  }

  PhaseOutcome perform(PhaseRequest request) {
    Assignment assignment = bench.assignment(request);
    Strategy strategy = bench.strategy(assignment.sequence());
    var plan =
        assignment.plan(
            assignment.key(
                strategy, bench.encoders().digest(assignment.task()), null, bench.profile()));
    PhaseOutcome outcome =
        bench.perform(
            plan,
            attempt ->
                PhaseProduct.of(Map.of(), assignment.carried().objects(), metrics(assignment), 0));
    if (assignment.run().dropsFeatures()) {
      training.drop(request.run(), assignment.taskDigest());
    }
    return outcome;
  }

  private SortedMap<String, Double> metrics(Assignment assignment) {
    int task = assignment.request().task();
    int tasks = assignment.sequence().tasks().size();
    if (tasks > EVERY_TASK_UP_TO && task < tasks - 1) {
      return new TreeMap<>();
    }
    List<EvaluationRow> rows = new ArrayList<>();
    List<ForwardTransfer> before = new ArrayList<>();
    EvaluationPlan plan = new EvaluationPlan(assignment.sequence().evaluation(), tasks);
    for (int i = 0; i <= task; i++) {
      if (plan.measuresRow(i)) {
        RunDocument learner = assignment.run().learnerOf(i, bench.documents()::newest);
        Measured measured = measured(learner.run(), i);
        if (measured.row() != null) {
          rows.add(measured.row());
          before.add(measured.beforeTask());
        }
      }
    }
    return rows.isEmpty()
        ? new TreeMap<>()
        : Verdict.onComputation(() -> SequenceMetrics.of(rows, before).classIncremental());
  }

  /** Rows that were committed never change, and every later PUBLISH of the run reads them again. */
  private Measured measured(String run, int task) {
    String key = run + "/" + task;
    Measured known = rows.get(key);
    if (known != null) {
      return known;
    }
    Measured read =
        Measured.of(bench.left(run, task, Phase.EVALUATE).manifest(), bench.manifests()::object);
    rows.put(key, read);
    return read;
  }
}
