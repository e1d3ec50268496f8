package io.autoseed.learning.evaluation;

import io.autoseed.learning.metrics.CellRow;
import java.util.List;

/**
 * Row i of the accuracy matrices: what was measured after task i. Lists have one entry a task, in
 * percent; null where nothing was measured.
 *
 * @param afterTask i, from 0
 * @param scoresUnseen whether the strategy scored the tasks to come itself; if not, their cells are
 *     the frozen trunk's zero-shot accuracy over the same label space
 * @param classIncremental entry j: accuracy on task j over the classes of tasks 0..i, for a task to
 *     come over these and task j's
 * @param taskIncremental entry j: accuracy over task j's classes alone
 * @param zeroShotClassIncremental the frozen trunk's zero-shot accuracy, same label spaces
 * @param zeroShotTaskIncremental the same, over task j's classes alone
 * @param allClasses entry j > i: accuracy over all classes of the sequence, learned keys for the
 *     classes seen and zero-shot keys for the others (what CI-Transfer needs); null for j <= i, and
 *     where the strategy cannot score unseen classes
 * @param memoryBytes bytes kept between tasks, everything counted: the learner state after
 *     SEED_UPDATE and the run's centre
 * @param classesLearned C
 * @param memoryBytesPerClass memoryBytes / C
 */
public record EvaluationRow(
    int afterTask,
    boolean scoresUnseen,
    List<Double> classIncremental,
    List<Double> taskIncremental,
    List<Double> zeroShotClassIncremental,
    List<Double> zeroShotTaskIncremental,
    List<Double> allClasses,
    long memoryBytes,
    int classesLearned,
    double memoryBytesPerClass) {
  public EvaluationRow {
    classIncremental = CellRow.of(classIncremental);
    taskIncremental = CellRow.of(taskIncremental);
    zeroShotClassIncremental = CellRow.of(zeroShotClassIncremental);
    zeroShotTaskIncremental = CellRow.of(zeroShotTaskIncremental);
    allClasses = CellRow.of(allClasses);
  }
}
