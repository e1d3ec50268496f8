package io.autoseed.learning.evaluation;

import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import java.util.List;

/**
 * Measures a learner on the test sets of a sequence's tasks, in two label spaces: class-incremental
 * (the prediction is the argmax over all classes seen) and task-incremental (the task is given).
 *
 * <p>Lists of tasks may be lazy: {@code get(j)} is called only for tasks that a row reads ({@link
 * EvaluationPlan#tasksRead}), and may return null for a task whose features are not at hand; its
 * cells are then null.
 */
public final class Evaluation {
  private Evaluation() {}

  /**
   * The row of the accuracy matrices after a task.
   *
   * @param state what SEED_UPDATE of task {@code afterTask} left
   * @param allTasks the sequence's tasks, also those to come
   */
  public static EvaluationRow row(
      Strategy strategy,
      LearnerState state,
      List<TaskInputs> allTasks,
      int afterTask,
      EvaluationRows rows) {
    return new RowMeasurement(
            strategy, state, allTasks, afterTask, new EvaluationPlan(rows, allTasks.size()))
        .row();
  }

  /**
   * What FWT and seen loss are made of, measured after REPLAY and before any of the task's data.
   *
   * @param afterReplay what REPLAY left
   * @param tasks tasks 0..t; t, the last, is the one about to be learned and must not be null. Seen
   *     loss pools the test images of those before it that are not null, but the baselines need the
   *     classes of all: they are null if one is missing.
   */
  public static ForwardTransfer afterReplay(
      Strategy strategy, LearnerState afterReplay, List<TaskInputs> tasks) {
    int t = tasks.size() - 1;
    if (t == 0) {
      return new ForwardTransfer(0, null, null, null, null, null, null, null);
    }
    TaskInputs task = tasks.get(t);
    TwoSpaces zeroShot = TwoSpaces.UNKNOWN;
    TwoSpaces random = TwoSpaces.UNKNOWN;
    if (tasks.stream().noneMatch(known -> known == null)) {
      List<TaskClasses> classes = tasks.stream().map(TaskInputs::classes).toList();
      TaskClasses all = LabelSpaces.union(classes, task.classes().texts().size(1));
      zeroShot = TwoSpaces.of(LinearClassifier.zeroShot(all), task);
      random = TwoSpaces.of(RandomKeys.classifier(all), task);
    }
    TwoSpaces own = TwoSpaces.UNKNOWN;
    Double seenLoss = null;
    if (strategy.scoresUnseen()) {
      try (Classifier classifier = strategy.classifier(afterReplay, task.classes())) {
        own = TwoSpaces.of(classifier, task);
        seenLoss = seenLoss(classifier, tasks);
      }
    }
    return new ForwardTransfer(
        t,
        own.classIncremental(),
        own.taskIncremental(),
        zeroShot.classIncremental(),
        zeroShot.taskIncremental(),
        random.classIncremental(),
        random.taskIncremental(),
        seenLoss);
  }

  private static Double seenLoss(Classifier classifier, List<TaskInputs> tasks) {
    TaskClasses upcoming = tasks.get(tasks.size() - 1).classes();
    long rightWith = 0;
    long rightWithout = 0;
    long count = 0;
    for (TaskInputs seen : tasks.subList(0, tasks.size() - 1)) {
      if (seen != null) {
        Accuracy accuracy = Accuracy.of(classifier, seen);
        rightWith += accuracy.right(c -> true);
        rightWithout += accuracy.right(LabelSpaces.of(upcoming).negate());
        count += accuracy.count();
      }
    }
    return count == 0 ? null : 100.0 * (rightWith - rightWithout) / count;
  }

  /** Accuracy on a task over all the classifier's classes, and over the task's alone. */
  private record TwoSpaces(Double classIncremental, Double taskIncremental) {
    static final TwoSpaces UNKNOWN = new TwoSpaces(null, null);

    static TwoSpaces of(Classifier classifier, TaskInputs task) {
      Accuracy accuracy = Accuracy.of(classifier, task);
      return new TwoSpaces(
          accuracy.percent(c -> true), accuracy.percent(LabelSpaces.of(task.classes())));
    }
  }
}
