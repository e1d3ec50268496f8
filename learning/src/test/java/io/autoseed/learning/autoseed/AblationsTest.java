package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every switch changes what it names and nothing else. */
class AblationsTest {
  private static final List<TaskInputs> TASKS = SyntheticTasks.of(5, 3, 4);
  private static final AutoSeedSettings FULL = AutoSeedSettings.defaults();

  private static AutoSeedSettings set(String name, Object value) {
    return set(Map.of(name, value));
  }

  private static AutoSeedSettings set(Map<String, Object> values) {
    AutoSeed strategy = (AutoSeed) new AutoSeedFactory().create(values, Device.cpu());
    return strategy.settings();
  }

  private static Map<String, Double> seedMetrics(Learned learned) {
    return learned.metrics().get(LearningPhase.SEED_UPDATE);
  }

  @Test
  void settings_left_alone_are_the_defaults() {
    AutoSeed strategy = (AutoSeed) new AutoSeedFactory().create(Map.of(), Device.cpu());
    assertThat(strategy.settings()).isEqualTo(FULL);
  }

  @Test
  void the_full_method_trains_the_generator_and_prunes() {
    Learned learned = Learned.with(FULL, TASKS);
    assertThat(learned.bank().count()).isEqualTo(12 * 4);
    assertThat(GeneratorState.of(learned.state(), 0).steps()).isEqualTo(3 * 12);
    assertThat(seedMetrics(learned).get("consistency-loss")).isPositive();
    assertThat(seedMetrics(learned).get("meta-loss")).isPositive();
    assertThat(learned.statistics().looks()).isEqualTo(2);
  }

  @Test
  void without_pruning_all_slots_are_kept() {
    Learned learned = Learned.with(set("pruning", false), TASKS);
    assertThat(learned.bank().count()).isGreaterThan(12 * 4).isLessThanOrEqualTo(12 * 8);
  }

  @Test
  void
      without_consistency_there_is_no_consistency_loss_and_the_generator_is_trained_all_the_same() {
    Learned learned = Learned.with(set("consistency", false), TASKS);
    assertThat(seedMetrics(learned).get("consistency-loss")).isZero();
    assertThat(GeneratorState.of(learned.state(), 0).steps()).isEqualTo(3 * 12);
  }

  @Test
  void the_encoders_own_score_changes_classes_to_come_alone() {
    Learned full = Learned.with(FULL, TASKS);
    Learned without = Learned.with(set("zero-shot", false), TASKS);
    assertThat(without.bank().bundle()).isEqualTo(full.bank().bundle());
    assertThat(without.metrics().get(LearningPhase.ADAPT).get("zero-shot-weight")).isZero();
    assertThat(without.statistics().beta()).isZero();
    double beta = full.metrics().get(LearningPhase.ADAPT).get("zero-shot-weight");
    assertThat(beta).isPositive();

    TaskInputs next = SyntheticTasks.of(5, 3, 4, 2).get(3);
    Tensor images = next.testImages();
    float[] scores = scores(FULL, full.state(), next);
    // The state is the same but for b_u and beta, so the settings decide.
    float[] alone = scores(set("zero-shot", false), full.state(), next);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray seen = Adapter.of(full.state(), SyntheticTasks.D).names(manager);
      NDArray names = Adapter.names(manager, next.classes());
      NDArray cosines =
          NdArrays.toArray(manager, images)
              .matMul(names.sub(Expressions.meanRow(seen)).transpose());
      float[] expected = cosines.mul(beta).toFloatArray();
      int all = 12 + 2;
      for (int i = 0; i < images.size(0); i++) {
        for (int c = 0; c < all; c++) {
          double added = scores[i * all + c] - alone[i * all + c];
          assertThat(added).isCloseTo(c < 12 ? 0 : expected[i * 2 + c - 12], within(1e-4));
        }
      }
    }
  }

  @Test
  void without_consistency_and_zero_shot_score_no_name_tells_classes_to_come_apart() {
    TaskInputs next = SyntheticTasks.of(5, 3, 4, 2).get(3);
    AutoSeedSettings mapped = set("zero-shot", false);
    AutoSeedSettings blind = set(Map.of("zero-shot", false, "consistency", false));
    float[] withMap = scores(mapped, Learned.with(mapped, TASKS).state(), next);
    float[] without = scores(blind, Learned.with(blind, TASKS).state(), next);
    int all = 12 + 2;
    for (int i = 0; i < next.testImages().size(0); i++) {
      assertThat(without[i * all + 12]).isEqualTo(without[i * all + 13]);
      assertThat(withMap[i * all + 12]).isNotEqualTo(withMap[i * all + 13]);
    }
  }

  private static float[] scores(AutoSeedSettings settings, LearnerState state, TaskInputs next) {
    AutoSeed strategy = new AutoSeed(settings, Device.cpu());
    try (Classifier classifier = strategy.classifier(state, next.classes())) {
      return classifier.scores(next.testImages()).floats();
    }
  }

  @Test
  void without_meta_update_generator_lambda_beta_and_bias_stay_as_they_were() {
    Learned learned = Learned.with(set("meta-update", false), TASKS);
    assertThat(learned.state().get(GeneratorState.NAME))
        .isEqualTo(GeneratorState.initial(Learned.RANDOM_SEED).bundle());
    assertThat(learned.statistics().lambda()).isEqualTo(0.05);
    assertThat(learned.statistics().bias()).isZero();
    assertThat(learned.statistics().beta()).isEqualTo(20);
    assertThat(learned.statistics().looks()).isZero();
  }

  @Test
  void random_seeds_keep_scatter_of_whole_classes() {
    Learned learned = Learned.with(set("seeds", "random"), TASKS);
    assertThat(learned.bank().count()).isEqualTo(12 * 4);
    assertThat(learned.statistics().withinSeeds().freedom())
        .isEqualTo(learned.statistics().within().freedom());
    assertThat(learned.statistics().withinSeeds().sum().packed())
        .containsExactly(learned.statistics().within().sum().packed());
  }

  @Test
  void kmeans_seeds_average_to_the_real_class_means() {
    Learned learned = Learned.with(set("seeds", "kmeans"), TASKS);
    assertThat(learned.bank().count()).isEqualTo(12 * 4);
    assertThat(GeneratorState.of(learned.state(), 0).steps()).isZero();
    assertThat(learned.bank().spreads()).containsOnly(1f);
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] kept = learned.bank().means(manager).toFloatArray();
      float[] real = realMeans(manager);
      assertThat(kept).containsExactly(real, within(1e-3f));
    }
  }

  private static float[] realMeans(NDManager manager) {
    NDArray means = null;
    for (TaskInputs task : TASKS) {
      NDArray e = NdArrays.toArray(manager, task.training().images());
      for (int number : task.classes().numbers()) {
        int[] labels = task.training().labels();
        int[] own = IntStream.range(0, labels.length).filter(i -> labels[i] == number).toArray();
        means = Expressions.stack(means, Expressions.meanRow(Expressions.rows(e, own)));
      }
    }
    return means.toFloatArray();
  }

  @Test
  void seeds_per_class_is_the_average_kept() {
    Learned learned = Learned.with(set("seeds-per-class", 2), TASKS);
    assertThat(learned.bank().count()).isEqualTo(12 * 2);
    assertThat(Arrays.stream(learned.bank().classes()).distinct()).hasSize(12);
  }

  @Test
  void a_first_task_of_one_class_with_one_example_can_be_learned() {
    TaskInputs task = SyntheticTasks.of(1).get(0);
    TaskInputs one =
        new TaskInputs(
            task.classes(),
            new TrainingSet(task.classes().texts(), new int[] {0}),
            task.testImages(),
            task.testLabels(),
            task.centre());
    List<TaskInputs> following = SyntheticTasks.of(1, 2);
    Learned learned = Learned.with(FULL, List.of(one, following.get(1)));
    assertThat(learned.bank().classCount()).isEqualTo(3);
  }
}
