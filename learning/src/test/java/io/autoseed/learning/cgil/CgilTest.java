package io.autoseed.learning.cgil;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.baseline.ClusterTasks;
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
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;
import io.autoseed.learning.vae.Decoder;
import io.autoseed.learning.vae.VaeShape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgilTest {
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 3, 20, 16);
  private static final CgilSettings FEW = new CgilSettings(40, false, 12, 40, 32, 0.003, 30);

  @Test
  void without_alignment_it_is_the_zero_shot_classifier_exactly() {
    LocalRun run = run(new CgilSettings(1, false, 0, 10, 32, 0.003, 30), TASKS);
    run.rows()
        .forEach(
            row -> assertThat(row.classIncremental()).isEqualTo(row.zeroShotClassIncremental()));
  }

  @Test
  void scores_of_learned_and_of_upcoming_classes_have_the_scale_of_training() {
    TaskClasses learned = TASKS.get(0).classes();
    TaskClasses upcoming = TASKS.get(1).classes();
    Tensor texts = Rows.append(learned.texts(), upcoming.texts());
    LearnerState empty = LearnerState.empty();
    LearnerState state =
        AlignedKeys.of(empty, learned, CounterRandom.of(1, 0, "mlp", 0)).in(empty, learned);
    try (Classifier classifier = new Cgil(FEW, Device.cpu()).classifier(state, upcoming)) {
      float[] scores = classifier.scores(texts).floats();
      for (int c = 0; c < 6; c++) {
        assertThat(scores[c * 6 + c]).isCloseTo(30, within(1e-3f));
      }
    }
  }

  /** What CGIL claims: with generators of all classes, early tasks are held beside new ones. */
  @Test
  void it_learns_each_new_task_and_holds_the_old_ones() {
    LocalRun run = run(FEW, TASKS);
    double newest = 0;
    for (int t = 0; t < TASKS.size(); t++) {
      double own = last(run(FEW, ClusterTasks.alone(TASKS.get(t))));
      double reached = run.rows().get(t).classIncremental().get(t);
      assertThat(reached).as("task %d", t).isGreaterThanOrEqualTo(0.8 * own);
      newest += reached / TASKS.size();
    }
    assertThat(last(run)).isGreaterThan(newest - 10);
    double zeroShot = last(run(new CgilSettings(1, false, 0, 10, 32, 0.003, 30), TASKS));
    assertThat(last(run)).isGreaterThan(zeroShot + 5);
  }

  @Test
  void a_generator_draws_around_its_own_class() {
    LearnerState state = adapted(TASKS.get(0), FEW).state();
    List<Decoder> generators = Generators.all(state, VaeShape.usual(16));
    assertThat(generators).hasSize(3);
    for (int c = 0; c < 3; c++) {
      int nearest = -1;
      double best = -2;
      double[] drawn = meanOf(generators.get(c));
      for (int other = 0; other < 3; other++) {
        double cosine = cosine(drawn, meanOf(TASKS.get(0).training(), other));
        nearest = cosine > best ? other : nearest;
        best = Math.max(best, cosine);
      }
      assertThat(nearest).isEqualTo(c);
      assertThat(best).isGreaterThan(0.95);
    }
  }

  @Test
  void a_class_of_one_example_draws_that_example() {
    float[] only = TASKS.get(0).training().images().floats();
    Tensor row = Tensor.of(Arrays.copyOf(only, 16), 1, 16);
    TaskInputs one =
        new TaskInputs(
            new TaskClasses(new int[] {0}, row),
            new TrainingSet(row, new int[] {0}),
            row,
            new int[] {0},
            TASKS.get(0).centre());
    LocalRun run = run(FEW, List.of(one));
    assertThat(last(run)).isEqualTo(100);
    Decoder generator = Generators.all(run.finalState(), VaeShape.usual(16)).get(0);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      assertThat(generator.draw(manager, new float[256]).toFloatArray())
          .containsExactly(row.floats(), within(1e-6f));
    }
  }

  @Test
  void training_stops_early_only_where_it_may() {
    PhaseResult whole = adapted(TASKS.get(0), new CgilSettings(200, false, 1, 10, 32, 0.01, 30));
    PhaseResult early = adapted(TASKS.get(0), new CgilSettings(200, true, 1, 10, 32, 0.01, 30));
    assertThat(whole.metrics().get("generator-epochs")).isEqualTo(200);
    assertThat(early.metrics().get("generator-epochs")).isBetween(11.0, 199.0);
  }

  @Test
  void it_stops_after_so_many_epochs_without_a_hundredth_s_gain() {
    EarlyStop stop = EarlyStop.after(2).with(100).with(99.5).with(98);
    assertThat(stop.stopped()).isFalse();
    assertThat(stop.with(97.5).stopped()).isFalse();
    assertThat(stop.with(97.5).with(97.1).stopped()).isTrue();
    assertThat(stop.with(97.5).restored(stop.with(97.5).tensor()).with(97.1).stopped()).isTrue();
    assertThat(EarlyStop.after(0).with(1).with(2).with(3).stopped()).isFalse();
  }

  @Test
  void the_learning_rate_restarts_after_a_tenth_of_the_epochs_and_then_ever_later() {
    WarmRestarts rates = new WarmRestarts(2, 500);
    assertThat(new double[] {rates.rate(0), rates.rate(25), rates.rate(50), rates.rate(100)})
        .containsExactly(new double[] {2, 1, 2, 1}, within(1e-12));
    assertThat(rates.rate(149)).isLessThan(0.001);
    assertThat(rates.rate(150)).isEqualTo(2);
    assertThat(rates.rate(350)).isEqualTo(2);
  }

  private static double[] meanOf(Decoder generator) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] noise = CounterRandom.of(9, 0, "noise", 0).gaussians(200 * 256);
      return mean(generator.draw(manager, noise).toFloatArray(), 0, 200);
    }
  }

  /** Of a class of the first task: its 20 examples lie together. */
  private static double[] meanOf(TrainingSet set, int number) {
    return mean(set.images().floats(), number * 20, 20);
  }

  private static double[] mean(float[] rows, int from, int count) {
    double[] mean = new double[16];
    for (int i = 0; i < count * 16; i++) {
      mean[i % 16] += rows[from * 16 + i] / count;
    }
    return mean;
  }

  private static double cosine(double[] a, double[] b) {
    double product = 0;
    double ofA = 0;
    double ofB = 0;
    for (int k = 0; k < a.length; k++) {
      product += a[k] * b[k];
      ofA += a[k] * a[k];
      ofB += b[k] * b[k];
    }
    return product / Math.sqrt(ofA * ofB);
  }

  private static PhaseResult adapted(TaskInputs task, CgilSettings settings) {
    PhaseInput input = TaskPhases.input(LearningPhase.ADAPT, 0, 7, LearnerState.empty(), task);
    return PhaseDriver.run(
        new Cgil(settings, Device.cpu()), input, Optional.empty(), StepObserver.NONE);
  }

  private static double last(LocalRun run) {
    return run.metrics().headline("last").orElseThrow();
  }

  private static LocalRun run(CgilSettings settings, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(
            new Cgil(settings, Device.cpu()), 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(tasks);
  }
}
