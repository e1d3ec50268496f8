package io.autoseed.learning.evaluation;

import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntPredicate;

/** The measurement of one {@link EvaluationRow}. Used once. */
final class RowMeasurement {
  private final Strategy strategy;
  private final LearnerState state;
  private final List<TaskInputs> tasks;
  private final int after;
  private final EvaluationPlan plan;

  private final List<Double> classIncremental;
  private final List<Double> taskIncremental;
  private final List<Double> zeroShotClassIncremental;
  private final List<Double> zeroShotTaskIncremental;
  private final List<Double> allClasses;

  RowMeasurement(
      Strategy strategy,
      LearnerState state,
      List<TaskInputs> tasks,
      int after,
      EvaluationPlan plan) {
    this.strategy = strategy;
    this.state = state;
    this.tasks = tasks;
    this.after = after;
    this.plan = plan;
    this.classIncremental = nulls();
    this.taskIncremental = nulls();
    this.zeroShotClassIncremental = nulls();
    this.zeroShotTaskIncremental = nulls();
    this.allClasses = nulls();
  }

  EvaluationRow row() {
    TaskInputs last = tasks.get(after);
    int learned = last.classes().numbers()[last.classes().count() - 1] + 1;
    if (plan.measuresRow(after)) {
      measure(last.classes().texts().size(1), learned);
    }
    long bytes = state.byteSize() + last.centre().byteSize();
    return new EvaluationRow(
        after,
        strategy.scoresUnseen(),
        classIncremental,
        taskIncremental,
        zeroShotClassIncremental,
        zeroShotTaskIncremental,
        allClasses,
        bytes,
        learned,
        (double) bytes / learned);
  }

  private void measure(int width, int learned) {
    List<TaskClasses> upcoming = new ArrayList<>();
    List<TaskClasses> known = new ArrayList<>();
    for (int j : plan.tasksRead(after)) {
      TaskInputs task = tasks.get(j);
      if (task != null) {
        known.add(task.classes());
        if (j > after) {
          upcoming.add(task.classes());
        }
      }
    }
    boolean seenComplete =
        known.stream().mapToInt(TaskClasses::count).sum()
                - upcoming.stream().mapToInt(TaskClasses::count).sum()
            == learned;
    boolean complete = known.size() == tasks.size();
    List<TaskClasses> scored = strategy.scoresUnseen() ? upcoming : List.of();
    try (Classifier own = strategy.classifier(state, LabelSpaces.union(scored, width));
        Classifier zeroShot = LinearClassifier.zeroShot(LabelSpaces.union(known, width))) {
      for (int j : plan.tasksRead(after)) {
        if (tasks.get(j) != null) {
          cell(j, own, seenComplete ? zeroShot : null, learned, complete);
        }
      }
    }
  }

  private void cell(int j, Classifier own, Classifier zeroShot, int learned, boolean complete) {
    TaskInputs task = tasks.get(j);
    IntPredicate itsOwn = LabelSpaces.of(task.classes());
    IntPredicate seenAndIts = itsOwn.or(c -> c < learned);
    if (zeroShot != null) {
      Accuracy accuracy = Accuracy.of(zeroShot, task);
      zeroShotClassIncremental.set(j, accuracy.percent(seenAndIts));
      zeroShotTaskIncremental.set(j, accuracy.percent(itsOwn));
    }
    if (j <= after || strategy.scoresUnseen()) {
      Accuracy accuracy = Accuracy.of(own, task);
      classIncremental.set(j, accuracy.percent(seenAndIts));
      taskIncremental.set(j, accuracy.percent(itsOwn));
      if (j > after && complete) {
        allClasses.set(j, accuracy.percent(c -> true));
      }
    } else {
      classIncremental.set(j, zeroShotClassIncremental.get(j));
      taskIncremental.set(j, zeroShotTaskIncremental.get(j));
    }
  }

  private List<Double> nulls() {
    return new ArrayList<>(Collections.nCopies(tasks.size(), null));
  }
}
