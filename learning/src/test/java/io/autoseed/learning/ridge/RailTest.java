package io.autoseed.learning.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.baseline.ClusterTasks;
import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RailTest {
  private static final int WIDTH = 40;
  private static final List<TaskInputs> TASKS = ClusterTasks.of(4, 4, 20, 12);
  private static final RailAdapter PRIMAL = new PrimalAdapter(WIDTH, 0.1);
  private static final RailAdapter DUAL = new DualAdapter(0.1, 0.001);

  static Stream<RailAdapter> forms() {
    return Stream.of(PRIMAL, DUAL);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void every_accuracy_before_a_task_is_learned_is_the_zero_shot_one_exactly(RailAdapter form) {
    LocalRun run = run(form);
    for (int i = 0; i < TASKS.size() - 1; i++) {
      EvaluationRow row = run.rows().get(i);
      for (int j = i + 1; j < TASKS.size(); j++) {
        assertThat(row.classIncremental().get(j))
            .isEqualTo(row.zeroShotClassIncremental().get(j))
            .isLessThan(100);
        assertThat(row.taskIncremental().get(j)).isEqualTo(row.zeroShotTaskIncremental().get(j));
      }
    }
    assertThat(run.metrics().headline("fwt")).hasValue(0);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void what_was_learned_is_known_better_than_by_name(RailAdapter form) {
    LocalRun run = run(form);
    double zeroShot =
        run.rows().get(TASKS.size() - 1).zeroShotClassIncremental().stream()
            .mapToDouble(Double::doubleValue)
            .average()
            .orElseThrow();
    assertThat(run.metrics().headline("last").orElseThrow()).isGreaterThan(zeroShot + 5);
  }

  @Test
  void the_recursion_gives_the_ridge_regression_on_all_data() {
    TensorBundle kept = kept(PRIMAL, TASKS);
    double[] weights = kept.get("weights").doubles();
    assertThat(Regressions.residual(TASKS, weights, WIDTH, 0.1)).isLessThan(1e-6);
    double[] batch = kept(PRIMAL, Regressions.atOnce(TASKS)).get("weights").doubles();
    for (int i = 0; i < batch.length; i++) {
      assertThat(weights[i]).isCloseTo(batch[i], within(1e-6));
    }
  }

  /** One example of class 0 at (1, 0), one of class 1 at (0, 1): K = [[1, k], [k, 1]]. */
  @Test
  void the_dual_form_on_two_examples_equals_the_one_computed_by_hand() {
    TaskInputs task = twoExamples();
    TensorBundle kept = kept(new DualAdapter(0.5, 1), List.of(task));
    double k = Math.exp(-0.5 * 2);
    double determinant = 4 - k * k;
    assertThat(kept.get("alpha").doubles())
        .containsExactly(
            new double[] {2 / determinant, -k / determinant, -k / determinant, 2 / determinant},
            within(1e-12));
    Rail rail = new Rail(new DualAdapter(0.5, 1), 1, Device.cpu());
    TaskClasses none = new TaskClasses(new int[0], Tensor.of(new float[0], 0, 2));
    try (Classifier classifier = rail.classifier(Regressions.learned(rail, List.of(task)), none)) {
      float[] scores = classifier.scores(Tensor.of(new float[] {1, 0}, 1, 2)).floats();
      assertThat((double) scores[0]).isCloseTo((2 - k * k) / determinant, within(1e-6));
      assertThat((double) scores[1]).isCloseTo(k / determinant, within(1e-6));
    }
  }

  @Test
  void scores_are_fused_over_learned_classes_and_left_alone_where_the_name_is_to_come() {
    float[] names = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0.6f, 0.8f};
    TaskClasses all = new TaskClasses(new int[] {0, 1, 2, 3}, Tensor.of(names, 4, 3));
    Classifier adapter =
        new LinearClassifier(
            new int[] {0, 1},
            Tensor.of(new float[] {0, 0, 0, 0, 0, 0}, 2, 3),
            new float[] {0, 0.5f});
    try (Classifier rail = new RailClassifier(all, Optional.of(adapter), 0.8)) {
      float[] known = rail.scores(Tensor.of(new float[] {0.02f, 0.01f, 0.005f}, 1, 3)).floats();
      double[] share = {Math.exp(2), Math.exp(1), Math.exp(0.5), Math.exp(1)};
      double sum = share[0] + share[1] + share[2] + share[3];
      assertThat((double) known[0]).isCloseTo(0.2 * share[0] / sum, within(1e-6));
      assertThat((double) known[1]).isCloseTo(0.2 * share[1] / sum + 0.8 * 0.5, within(1e-6));
      assertThat(known[3]).isLessThan(known[0]).isGreaterThan(known[2]);
      float[] unknown = {0.1f, 0.2f, 0.9f};
      assertThat(rail.scores(Tensor.of(unknown, 1, 3)).floats()).startsWith(unknown).hasSize(4);
    }
  }

  private static TaskInputs twoExamples() {
    Tensor unit = Tensor.of(new float[] {1, 0, 0, 1}, 2, 2);
    int[] classes = {0, 1};
    return new TaskInputs(
        new TaskClasses(classes, unit),
        new TrainingSet(unit, classes),
        unit,
        classes,
        Tensor.of(new float[1], 1));
  }

  private static TensorBundle kept(RailAdapter form, List<TaskInputs> tasks) {
    return Regressions.learned(new Rail(form, 0.8, Device.cpu()), tasks).get("regression");
  }

  private static LocalRun run(RailAdapter form) {
    return new LocalSequenceRunner(
            new Rail(form, 0.8, Device.cpu()),
            Regressions.RANDOM_SEED,
            new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(TASKS);
  }
}
