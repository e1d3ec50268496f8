package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.evaluation.PlaneTasks;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamingLdaTest {
  private final StreamingLda slda = new StreamingLda(0.5, Device.cpu());

  /**
   * Means (1, 0) and (0, 1); scatter diag(0.02, 0.08) with n = 2, so S/n = diag(0.01, 0.04) and,
   * with lambda = 1/2, Cov = diag(0.0175, 0.0325).
   */
  private static final TaskInputs TASK =
      task(
          new float[] {1.1f, 0, 0.9f, 0, 0, 1.2f, 0, 0.8f},
          new int[] {0, 0, 1, 1},
          new int[] {0, 1});

  @Test
  void scores_equal_those_computed_by_hand() {
    try (Classifier classifier = slda.classifier(learn(List.of(TASK)), none())) {
      float[] scores = classifier.scores(Tensor.of(new float[] {0.5f, 0.25f}, 1, 2)).floats();
      assertThat((double) scores[0]).isCloseTo(0.5 / 0.0175 - 0.5 / 0.0175, within(1e-4));
      assertThat((double) scores[1]).isCloseTo(0.25 / 0.0325 - 0.5 / 0.0325, within(1e-4));
    }
  }

  @Test
  void learning_in_two_tasks_equals_learning_at_once_but_for_the_degrees_of_freedom() {
    TaskInputs first = task(new float[] {1.1f, 0, 0.9f, 0}, new int[] {0, 0}, new int[] {0});
    TaskInputs second = task(new float[] {0, 1.2f, 0, 0.8f}, new int[] {1, 1}, new int[] {1});
    assertThat(learn(List.of(first, second))).isEqualTo(learn(List.of(TASK)));
  }

  @Test
  void upcoming_classes_are_refused() {
    LearnerState state = learn(List.of(TASK));
    assertThatThrownBy(() -> slda.classifier(state, TASK.classes()))
        .hasMessageContaining("slda cannot score classes it has not learned");
  }

  @Test
  void a_class_without_examples_is_refused_by_number() {
    TaskInputs lacking = task(new float[] {1, 0}, new int[] {0}, new int[] {0, 1});
    assertThatThrownBy(() -> learn(List.of(lacking)))
        .hasMessageContaining("class 1 has no training example");
  }

  @Test
  void tasks_seen_on_the_circle_are_told_apart() {
    List<TaskInputs> tasks =
        new PlaneTasks()
            .task(new double[] {0, 90}, new double[][] {{-5, 5, 10}, {85, 95, 100}})
            .task(new double[] {0, 90}, new double[][] {{175, 185, 180}, {265, 270, 280}})
            .list();
    double last =
        new LocalSequenceRunner(slda, 0, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
            .run(tasks)
            .metrics()
            .headline("last")
            .orElseThrow();
    assertThat(last).isEqualTo(100);
  }

  private LearnerState learn(List<TaskInputs> tasks) {
    return new LocalSequenceRunner(slda, 0, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(tasks)
        .finalState();
  }

  private static TaskClasses none() {
    return new TaskClasses(new int[0], Tensor.of(new float[0], 0, 2));
  }

  private static TaskInputs task(float[] images, int[] labels, int[] classes) {
    Tensor rows = Tensor.of(images, labels.length, 2);
    return new TaskInputs(
        new TaskClasses(classes, Tensor.of(new float[2 * classes.length], classes.length, 2)),
        new TrainingSet(rows, labels),
        rows,
        labels,
        Tensor.of(new float[1], 1));
  }
}
