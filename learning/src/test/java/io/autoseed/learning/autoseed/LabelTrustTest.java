package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong labels are found, right ones kept, and what is learned follows the right ones. */
class LabelTrustTest {
  private static final int D = SyntheticTasks.D;
  private static final int CLASSES = 5;
  private static final int SAMPLES = 200;

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Torch.newManager(Device.cpu());
  }

  @AfterEach
  void free() {
    manager.close();
  }

  /** Samples about far means; every {@code wrongEvery}-th has another class's label. */
  private TaskSamples samples(int wrongEvery) {
    CounterRandom random = CounterRandom.of(3, 0, "trust", 0);
    float[] centres = random.gaussians(CLASSES * D);
    float[] e = random.gaussians(SAMPLES * D);
    int[] labels = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int drawn = i % CLASSES;
      for (int x = 0; x < D; x++) {
        e[i * D + x] = centres[drawn * D + x] + 0.4f * e[i * D + x];
      }
      labels[i] =
          wrong(i, wrongEvery) ? (drawn + 1 + i / wrongEvery % (CLASSES - 1)) % CLASSES : drawn;
    }
    NDArray all = manager.ones(new Shape(SAMPLES, 1));
    return new TaskSamples(manager.create(e, new Shape(SAMPLES, D)), labels, CLASSES, all);
  }

  private static boolean wrong(int i, int wrongEvery) {
    return wrongEvery > 0 && i % wrongEvery == 0;
  }

  @Test
  void right_labels_are_all_believed() {
    LabelTrust trust = LabelTrust.of(Scatter.none(D), samples(0));
    assertThat(trust.noise()).isZero();
    assertThat(trust.omega()).hasSize(SAMPLES).containsOnly(1f);
  }

  @Test
  void the_share_of_wrong_labels_and_which_they_are_is_found() {
    LabelTrust trust = LabelTrust.of(Scatter.none(D), samples(4));
    assertThat(trust.noise()).isBetween(.2, .3);
    for (int i = 0; i < SAMPLES; i++) {
      if (wrong(i, 4)) {
        assertThat(trust.omega()[i]).as("wrong label %d", i).isLessThan(0.1f);
      } else {
        assertThat(trust.omega()[i]).as("right label %d", i).isGreaterThan(0.9f);
      }
    }
  }

  @Test
  void means_and_scatter_of_trusted_samples_come_near_those_of_right_labels() {
    TaskSamples noisy = samples(4);
    TaskSamples trusted = noisy.trusted(LabelTrust.of(Scatter.none(D), noisy).omega());
    NDArray right = samples(0).means();
    assertThat(apart(trusted.means(), right)).isLessThan(apart(noisy.means(), right) / 3);
    double spread = trace(samples(0)) / samples(0).freedom(CLASSES);
    assertThat(trace(noisy) / noisy.freedom(CLASSES)).isGreaterThan(2 * spread);
    assertThat(trace(trusted) / trusted.freedom(CLASSES)).isCloseTo(spread, within(0.1 * spread));
  }

  private static double apart(NDArray x, NDArray y) {
    return Expressions.value(x.sub(y).square().mean().sqrt());
  }

  private static double trace(TaskSamples samples) {
    return Expressions.value(Expressions.diagonal(samples.scatter()).sum());
  }

  /**
   * Worked by hand: at the lowest temperature p is 1 or 0 to within rounding, so that the likeliest
   * rho of one wrong label in five is 0.2, and its posterior is the bound.
   */
  @Test
  void the_likeliest_share_is_that_of_labels_nearer_to_another_class() {
    int n = 40;
    double[][] distances = new double[n][3];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      distances[i] = i % 5 == 0 ? new double[] {90, 0, 0} : new double[] {0, 90, 90};
    }
    LabelTrust trust = LabelTrust.likeliest(distances, labels);
    assertThat(trust.noise()).isEqualTo(0.2);
    assertThat(trust.omega()[0]).isEqualTo(0.01f);
    assertThat(trust.omega()[1]).isCloseTo(1f, within(1e-6f));
  }

  @Test
  void a_class_alone_has_nothing_to_be_told_from() {
    NDArray e = Gaussians.of(manager, "alone", 3, D);
    TaskSamples alone = new TaskSamples(e, new int[3], 1, manager.ones(new Shape(3, 1)));
    assertThat(LabelTrust.of(Scatter.none(D), alone).omega()).containsExactly(1f, 1f, 1f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"generated", "kmeans"})
  void wrong_labels_move_a_bank_far_less_than_that_of_the_ablation(String seeds) {
    double moved = movedByWrongLabels(settings(Map.of("seeds", seeds)));
    double ablation = movedByWrongLabels(settings(Map.of("seeds", seeds, "label-trust", false)));
    assertThat(moved).isLessThan(ablation / 2);
  }

  private static AutoSeedSettings settings(Map<String, Object> set) {
    return ((AutoSeed) new AutoSeedFactory().create(set, Device.cpu())).settings();
  }

  private double movedByWrongLabels(AutoSeedSettings settings) {
    return apart(means(settings, samples(4)), means(settings, samples(0)));
  }

  private NDArray means(AutoSeedSettings settings, TaskSamples samples) {
    return Learned.with(settings, List.of(task(samples))).bank().means(manager);
  }

  private static TaskInputs task(TaskSamples samples) {
    TaskInputs like = SyntheticTasks.of(CLASSES).get(0);
    return new TaskInputs(
        like.classes(),
        new TrainingSet(NdArrays.toTensor(samples.e()), samples.labels()),
        like.testImages(),
        like.testLabels(),
        like.centre());
  }
}
