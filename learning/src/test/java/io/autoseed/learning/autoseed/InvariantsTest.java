package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What must hold whatever the numbers. */
class InvariantsTest {
  private static final int D = SyntheticTasks.D;
  private static final List<TaskInputs> TASKS = SyntheticTasks.of(5, 3, 4);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Torch.newManager(Device.cpu());
  }

  @AfterEach
  void free() {
    manager.close();
  }

  private static double largest(NDArray difference) {
    return Expressions.value(difference.abs().max());
  }

  @Test
  void merging_keeps_class_means() {
    CounterRandom random = CounterRandom.of(1, 0, "merging", 0);
    List<Pruning.Candidate> seeds = new ArrayList<>();
    for (int m = 0; m < 16; m++) {
      double[] z = new double[D];
      for (int i = 0; i < D; i++) {
        z[i] = random.nextDouble() * 10;
      }
      double pi = 0.05 + random.nextDouble();
      seeds.add(new Pruning.Candidate(m / 8, z, pi, 1, random.nextDouble(), List.of(m)));
    }
    List<Pruning.Candidate> left = Pruning.merged(seeds, 5);
    assertThat(left).hasSize(5);
    for (int c = 0; c < 2; c++) {
      assertThat(mean(left, c)).containsExactly(mean(seeds, c), within(1e-6));
    }
    assertThat(left.stream().flatMap(seed -> seed.members().stream()).sorted())
        .hasSize(16)
        .doesNotHaveDuplicates();
  }

  private static double[] mean(List<Pruning.Candidate> seeds, int place) {
    double[] sum = new double[D];
    double total = 0;
    for (Pruning.Candidate seed : seeds) {
      if (seed.place() == place) {
        total += seed.pi();
        for (int i = 0; i < D; i++) {
          sum[i] += seed.pi() * seed.v()[i];
        }
      }
    }
    double all = total;
    return Arrays.stream(sum).map(value -> value / all).toArray();
  }

  @Test
  void merging_stops_at_one_seed_a_class() {
    List<Pruning.Candidate> seeds =
        List.of(
            new Pruning.Candidate(0, new double[] {0}, 1, 1, 1, List.of(0)),
            new Pruning.Candidate(1, new double[] {0}, 1, 1, 1, List.of(1)));
    assertThat(Pruning.merged(seeds, 1)).isEqualTo(seeds);
  }

  @Test
  void scatter_is_additive_over_tasks() {
    NDArray sum = manager.zeros(new Shape(D, D), DataType.FLOAT64);
    double freedom = 0;
    for (TaskInputs task : TASKS) {
      int first = task.classes().numbers()[0];
      int[] labels = Arrays.stream(task.training().labels()).map(y -> y - first).toArray();
      NDArray e = NdArrays.toArray(manager, task.training().images());
      NDArray member = Expressions.oneHot(manager, labels, task.classes().count());
      sum = sum.add(Scatter.about(e, member));
      freedom += labels.length - task.classes().count();
    }
    Scatter kept = Learned.with(AutoSeedSettings.defaults(), TASKS).statistics().within();
    assertThat(kept.freedom()).isEqualTo(freedom);
    assertThat(largest(kept.array(manager).sub(sum))).isLessThan(1e-5);
  }

  @Test
  void one_seed_no_steps_and_full_trust_is_streaming_lda() {
    Learned learned = Learned.with(AutoSeedSettings.streamingLda(), TASKS);
    NDArray sum = manager.zeros(new Shape(D, D), DataType.FLOAT64);
    List<NDArray> means = new ArrayList<>();
    double freedom = 0;
    for (TaskInputs task : TASKS) {
      NDArray e =
          NdArrays.toArray(manager, task.training().images()).toType(DataType.FLOAT64, false);
      int[] labels = task.training().labels();
      for (int number : task.classes().numbers()) {
        int[] own = IntStream.range(0, labels.length).filter(i -> labels[i] == number).toArray();
        NDArray x = Expressions.rows(e, own);
        NDArray mean = Expressions.meanRow(x);
        means.add(mean);
        sum = sum.add(x.sub(mean).transpose().matMul(x.sub(mean)));
      }
      freedom += labels.length - task.classes().count();
    }
    NDArray mu = means.stream().reduce((above, below) -> above.concat(below, 0)).orElseThrow();
    NDArray covariance = Whitening.covariance(sum, freedom, 0.05);
    NDArray k = LinearAlgebra.solve(covariance, mu.transpose()).transpose();
    NDArray offset = Expressions.rowSum(k.mul(mu)).div(2).transpose();
    for (TaskInputs task : TASKS) {
      NDArray e = NdArrays.toArray(manager, task.testImages()).toType(DataType.FLOAT64, false);
      NDArray expected = e.matMul(k.transpose()).sub(offset).div(Keys.TEMPERATURE);
      NDArray found = NdArrays.toArray(manager, scores(learned, task));
      assertThat(largest(found.sub(expected))).isLessThan(1e-4);
    }
  }

  private static Tensor scores(Learned learned, TaskInputs task) {
    AutoSeed strategy = new AutoSeed(AutoSeedSettings.defaults(), Device.cpu());
    TaskClasses none = TaskClasses.none(D);
    try (Classifier classifier = strategy.classifier(learned.state(), none)) {
      return classifier.scores(task.testImages());
    }
  }

  @Test
  void all_but_the_draws_is_unchanged_by_a_rotation_of_the_images() {
    AutoSeedSettings still =
        new AutoSeedSettings(
            4,
            8,
            true,
            true,
            true,
            true,
            true,
            true,
            AutoSeedSettings.SeedSource.GENERATED,
            0,
            0,
            AutoSeedSettings.Trust.ESTIMATED,
            ElementType.F16);
    NDArray any = Gaussians.of(manager, "rotation", D, D);
    NDArray q =
        LinearAlgebra.eigh(any.add(any.transpose()).toType(DataType.FLOAT64, false)).vectors();
    double[] turn = q.toDoubleArray();
    List<TaskInputs> turned =
        TASKS.stream().map(task -> SyntheticTasks.turned(task, turn)).toList();
    Learned plain = Learned.with(still, TASKS);
    Learned rotated = Learned.with(still, turned);
    assertThat(rotated.statistics().lambda()).isEqualTo(plain.statistics().lambda());
    assertThat(rotated.bank().weights()).containsExactly(plain.bank().weights(), within(1e-5f));
    for (int t = 0; t < TASKS.size(); t++) {
      NDArray found = NdArrays.toArray(manager, scores(rotated, turned.get(t)));
      NDArray expected = NdArrays.toArray(manager, scores(plain, TASKS.get(t)));
      assertThat(largest(found.sub(expected))).isLessThan(0.02);
    }
  }

  @Test
  void phi_at_its_start_moves_nothing() {
    NDArray phi = NdArrays.toArray(manager, GeneratorState.initial(3).phi());
    SeedGenerator generator = SeedGenerator.of(phi, AutoSeedSettings.Trust.ESTIMATED);
    NDArray a = Gaussians.of(manager, "anchors", 6, D);
    NDArray member = Expressions.oneHot(manager, new int[] {0, 0, 0, 1, 1, 1}, 2);
    NDArray pi = manager.ones(new Shape(6, 1)).div(3);
    NDArray abar = member.transpose().matMul(a.mul(pi));
    Anchors anchors =
        new Anchors(
            a,
            pi,
            abar,
            Gaussians.of(manager, "u", 6, 6),
            Gaussians.of(manager, "g", 2, D),
            member);
    SeedPrior prior =
        new SeedPrior(Gaussians.of(manager, "p", 2, D), manager.ones(new Shape(2, 1)).mul(3));
    SeedGenerator.Seeds seeds = generator.seeds(anchors, prior);
    assertThat(largest(seeds.eta())).isZero();
    assertThat(largest(seeds.sigma().sub(1))).isZero();
    assertThat(largest(seeds.pi().sub(pi))).isLessThan(1e-6);
    assertThat(generator.beta().toFloatArray()).containsExactly(0);
    assertThat(largest(seeds.kappa().sub(1 / (1 + Math.exp(-3))))).isLessThan(1e-6);
    NDArray mean = anchors.gather(seeds.pi().mul(seeds.z()));
    assertThat(largest(mean.sub(seeds.means()))).isLessThan(1e-5);
  }

  @Test
  void beta_at_zero_gives_no_weighting_but_a_gradient_of_one() {
    assertThat(gradient(new float[] {0}, SlotAnchors::weighting)).containsExactly(1);
    assertThat(gradient(new float[] {-1}, SlotAnchors::weighting)).containsExactly(0);
    assertThat(SlotAnchors.weighting(manager.create(new float[] {0})).toFloatArray())
        .containsExactly(0);
  }

  private float[] gradient(float[] at, UnaryOperator<NDArray> function) {
    NDArray leaf = manager.create(at);
    JniUtils.setGradMode(true);
    try {
      leaf.setRequiresGradient(true);
      NDArray value = function.apply(leaf).sum();
      JniUtils.backward((PtNDArray) value, (PtNDArray) value.onesLike(), false, false);
      return leaf.getGradient().toFloatArray();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  @Test
  void the_closed_gradient_in_the_keys_equals_autodiff() {
    NDArray z = Gaussians.of(manager, "z", 9, D);
    NDArray y = Expressions.oneHot(manager, new int[] {0, 1, 2, 0, 1, 2, 0, 1, 3}, 4);
    NDArray omega = Gaussians.of(manager, "omega", 9, 1).square();
    NDArray k = Gaussians.of(manager, "k", 4, D);
    float[] auto =
        gradient(
            k.toFloatArray(), leaf -> Keys.crossEntropy(z, leaf.reshape(4, D), y).mul(omega).sum());
    NDArray expected = manager.create(auto, new Shape(4, D));
    assertThat(largest(Keys.gradient(z, k, y, omega).sub(expected))).isLessThan(1e-5);
  }

  @Test
  void state_objects_have_the_sizes_promised() {
    Learned learned = Learned.with(AutoSeedSettings.defaults(), TASKS);
    assertThat(learned.state().objects().keySet())
        .containsExactly("adapter", "generator", "seeds", "statistics");
    int packed = D * (D + 1) / 2 * 4;
    assertThat(learned.state().get("statistics").byteSize())
        .isBetween(2L * packed, 2L * packed + 256);
    assertThat(learned.bank().v().byteSize()).isLessThanOrEqualTo(12 * 4 * D * 2);
    assertThat(learned.state().get("generator").byteSize()).isLessThan(3 * 1024);
  }
}
