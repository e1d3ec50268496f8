package io.autoseed.learning.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.baseline.ClusterTasks;
import io.autoseed.learning.baseline.KeptMeans;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProofTest {
  private static final int D = 16;
  private static final double SCALE = 20;
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 3, 20, D);

  @Test
  void before_the_first_task_every_answer_is_the_zero_shot_one_exactly() {
    TaskClasses names = TASKS.get(0).classes();
    Tensor images = TASKS.get(0).testImages();
    try (Classifier untaught = proof(0, 5).classifier(LearnerState.empty(), names);
        Classifier zeroShot = LinearClassifier.zeroShot(names)) {
      assertThat(untaught.scores(images)).isEqualTo(zeroShot.scores(images));
    }
  }

  /** s (z . t + LN(z) . LN(t) / d + LN(z) . LN(p) / d), and 3 s z . t of a class to come. */
  @Test
  void without_steps_scores_are_three_cosines_with_names_and_class_means() {
    LearnerState state = run(proof(0, 5)).states().get(1);
    TaskClasses learned = TaskClasses.of(state.get(TaskClasses.NAME));
    Tensor means = KeptMeans.of(state).means();
    Tensor images = TASKS.get(0).testImages();
    try (Classifier classifier = proof(0, 5).classifier(state, TASKS.get(2).classes())) {
      assertThat(classifier.classes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
      float[] scores = classifier.scores(images).floats();
      for (int i = 0; i < images.size(0); i++) {
        double[] z = row(images, i);
        for (int c = 0; c < 9; c++) {
          double[] t = row(c < 6 ? learned.texts() : TASKS.get(2).classes().texts(), c % 6);
          double expected = SCALE * dot(z, t);
          if (c < 6) {
            double[] p = row(means, c);
            double length = Math.sqrt(dot(p, p));
            double[] unit = Arrays.stream(p).map(value -> value / length).toArray();
            double fused = dot(normal(z), normal(t)) + dot(normal(z), normal(unit));
            expected += SCALE * fused / D;
          } else {
            expected *= 3;
          }
          assertThat((double) scores[i * 9 + c]).isCloseTo(expected, within(1e-3));
        }
      }
    }
  }

  @Test
  void learning_raises_the_accuracy_over_the_names_alone_and_over_no_steps() {
    LocalRun untrained = run(proof(0, 5));
    double zeroShot = untrained.metrics().headline("zeroShotLast").orElseThrow();
    assertThat(run(proof(150, 5)).metrics().headline("last").orElseThrow())
        .isGreaterThan(zeroShot + 5)
        .isGreaterThan(untrained.metrics().headline("last").orElseThrow());
  }

  @Test
  void a_task_leaves_the_prompts_of_earlier_ones_as_they_were_and_moves_the_rest() {
    List<LearnerState> states = run(proof(5, 5)).states();
    ProjectionFusion first = ProjectionFusion.of(states.get(0));
    ProjectionFusion second = ProjectionFusion.of(states.get(1));
    assertThat(second.prompts().shape()).containsExactly(4, D);
    assertThat(Rows.select(second.prompts(), new int[] {0, 1})).isEqualTo(first.prompts());
    assertThat(second.projections().shape()).isEqualTo(first.projections().shape());
    assertThat(second.projections()).isNotEqualTo(first.projections());
    assertThat(second.fusion()).isNotEqualTo(first.fusion());
  }

  @Test
  void the_features_kept_are_learned_from_in_the_tasks_behind() {
    List<LearnerState> without = run(proof(5, 0)).states();
    List<LearnerState> with = run(proof(5, 5)).states();
    assertThat(projections(with.get(0))).isEqualTo(projections(without.get(0)));
    assertThat(projections(with.get(1))).isNotEqualTo(projections(without.get(1)));
  }

  private static Tensor projections(LearnerState state) {
    return ProjectionFusion.of(state).projections();
  }

  @Test
  void the_length_of_all_that_was_trained_is_measured_after_the_last_step() {
    PhaseInput input =
        TaskPhases.input(LearningPhase.ADAPT, 0, 7, LearnerState.empty(), TASKS.get(0));
    List<TensorBundle> snapshots = new ArrayList<>();
    PhaseResult result =
        PhaseDriver.run(
            proof(1, 5), input, Optional.empty(), (done, of, now) -> snapshots.add(now.get()));
    ProjectionFusion learned = ProjectionFusion.of(result.state());
    double square = 0;
    for (Tensor part : List.of(learned.projections(), learned.fusion(), learned.prompts())) {
      for (float value : part.floats()) {
        square += (double) value * value;
      }
    }
    assertThat(result.metrics().get("trained-length")).isCloseTo(Math.sqrt(square), within(1e-3));

    Map<String, Tensor> broken = new TreeMap<>(snapshots.get(0).tensors());
    float[] weights = broken.get("weights").floats();
    weights[weights.length - 1] = Float.NaN;
    broken.put("weights", Tensor.of(weights, weights.length));
    PhaseDriver.Resume last = new PhaseDriver.Resume(1, TensorBundle.of(broken));
    assertThatThrownBy(
            () -> PhaseDriver.run(proof(1, 5), input, Optional.of(last), StepObserver.NONE))
        .hasMessageContaining("proof ADAPT of task 0 diverged: trained-length is NaN");
  }

  /** As a features file may hold them: a class of images, and so a prototype, and a name. */
  @Test
  void rows_of_zeros_are_learned_beside_the_others() {
    TaskInputs task = TASKS.get(0);
    TaskInputs withZeros =
        new TaskInputs(
            new TaskClasses(task.classes().numbers(), zeroed(task.classes().texts(), 1)),
            new TrainingSet(zeroed(task.training().images(), 20), task.training().labels()),
            task.testImages(),
            task.testLabels(),
            task.centre());
    Strategy proof = proof(5, 5);
    LearnerState state = run(proof, List.of(withZeros)).finalState();
    try (Classifier classifier = proof.classifier(state, TaskClasses.none(D))) {
      for (float score : classifier.scores(withZeros.training().images()).floats()) {
        assertThat(score).isFinite();
      }
    }
  }

  /** The first rows are zeros. */
  private static Tensor zeroed(Tensor rows, int count) {
    float[] values = rows.floats();
    Arrays.fill(values, 0, count * D, 0);
    return Tensor.of(values, rows.shape());
  }

  @Test
  void an_image_s_scores_do_not_hang_on_the_images_beside_it() {
    Strategy proof = proof(20, 5);
    Tensor images = TASKS.get(0).testImages();
    try (Classifier classifier = proof.classifier(run(proof).finalState(), TaskClasses.none(D))) {
      float[] together = classifier.scores(images).floats();
      float[] alone = classifier.scores(Rows.select(images, new int[] {7})).floats();
      assertThat(Arrays.copyOfRange(together, 7 * 9, 8 * 9)).containsExactly(alone, within(1e-4f));
    }
  }

  @Test
  void all_that_is_kept_is_what_the_docs_say() {
    long numbers = 3 * 3 * 4;
    long withoutFeatures =
        4 * (6 * D * D + 5 * D) + 3 * 2 * 4 * D + 9 * (4 * D + 4 * D) + 2 * numbers;
    LearnerState none = run(proof(1, 0)).finalState();
    assertThat(none.byteSize()).isEqualTo(withoutFeatures);
    assertThat(run(proof(1, 5)).finalState().byteSize())
        .isEqualTo(withoutFeatures + 9 * 5 * (2 * D + 4));
  }

  @Test
  void settings_out_of_their_range_are_refused_by_name() {
    assertThatThrownBy(() -> Proof.FACTORY.complete(Map.of("features-per-class", -1)))
        .hasMessage("features-per-class: expected a whole number from 0 to 10000, found -1");
    assertThatThrownBy(() -> Proof.FACTORY.complete(Map.of("prompts-per-task", 0)))
        .hasMessage("prompts-per-task: expected a whole number from 1 to 1000, found 0");
    assertThat(Proof.FACTORY.complete(new TreeMap<>())).containsEntry("features-per-class", 20);
  }

  private static double[] row(Tensor rows, int i) {
    float[] all = rows.floats();
    double[] row = new double[D];
    for (int k = 0; k < D; k++) {
      row[k] = all[i * D + k];
    }
    return row;
  }

  /** Layer normalisation, eps 1e-5, without scales and shifts. */
  private static double[] normal(double[] x) {
    double mean = Arrays.stream(x).average().orElseThrow();
    double variance =
        Arrays.stream(x).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    return Arrays.stream(x).map(value -> (value - mean) / Math.sqrt(variance + 1e-5)).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static LocalRun run(Strategy strategy) {
    return run(strategy, TASKS);
  }

  private static LocalRun run(Strategy strategy, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(strategy, 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(tasks);
  }

  private static Strategy proof(int steps, int featuresPerClass) {
    Map<String, Object> settings =
        Proof.FACTORY.complete(
            Map.of(
                "steps",
                steps,
                "learning-rate",
                0.002,
                "batch-size",
                32,
                "features-per-class",
                featuresPerClass,
                "prompts-per-task",
                2,
                "scale",
                SCALE));
    return Proof.FACTORY.create(settings, Device.cpu());
  }
}
