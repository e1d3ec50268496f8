package io.autoseed.learning.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.baseline.ClusterTasks;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every strategy in {@link Strategies}, with few steps. */
class EveryStrategyTest {
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 3, 12, 16);
  private static final long RANDOM_SEED = -7;

  static Stream<String> names() {
    return Strategies.all().stream().map(StrategyFactory::name);
  }

  @ParameterizedTest
  @MethodSource("names")
  void resuming_any_phase_from_any_snapshot_gives_the_same_bits(String name) {
    Strategy strategy = strategy(name);
    LearnerState state = run(strategy, TASKS.subList(0, 1)).finalState();
    for (LearningPhase phase : LearningPhase.values()) {
      PhaseInput input = TaskPhases.input(phase, 1, RANDOM_SEED, state, TASKS.get(1));
      List<TensorBundle> snapshots = new ArrayList<>();
      PhaseResult whole =
          PhaseDriver.run(
              strategy, input, Optional.empty(), (done, of, now) -> snapshots.add(now.get()));
      for (int done = 1; done <= snapshots.size(); done++) {
        PhaseDriver.Resume resume = new PhaseDriver.Resume(done, snapshots.get(done - 1));
        assertThat(PhaseDriver.run(strategy, input, Optional.of(resume), StepObserver.NONE))
            .as("%s resumed after step %d", phase, done)
            .isEqualTo(whole);
      }
      state = whole.state();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void the_same_sequence_gives_the_same_bits_and_scores_every_class_learned(String name) {
    LocalRun run = run(strategy(name), TASKS);
    assertThat(run(strategy(name), TASKS).finalState()).isEqualTo(run.finalState());
    TaskClasses none = TaskClasses.none(16);
    try (Classifier classifier = strategy(name).classifier(run.finalState(), none)) {
      assertThat(classifier.classes()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
      assertThat(classifier.scores(TASKS.get(0).testImages()).shape()).containsExactly(36, 9);
    }
  }

  /** Of float16: a component is off by less than this. */
  private static final float ROUNDING = 1e-3f;

  /** In the states after each phase, which stay in the store, and in all checkpoints. */
  @ParameterizedTest
  @MethodSource("names")
  void training_images_are_found_again_in_what_keeps_examples_alone(String name) {
    requireNoExamplesUnlessKept(strategy(name));
  }

  @Test
  void whether_examples_are_kept_may_hang_on_a_setting() {
    Strategy primal = strategy("rail", Map.of("form", "primal", "width", 16));
    Strategy centroids = strategy("auto-seed", Map.of("seeds", "kmeans"));
    Strategy random = strategy("auto-seed", Map.of("seeds", "random"));
    assertThat(List.of(primal, centroids, random))
        .extracting(Strategy::keepsExamples)
        .containsExactly(false, true, true);
    requireNoExamplesUnlessKept(primal);
    requireNoExamplesUnlessKept(centroids);
  }

  private static void requireNoExamplesUnlessKept(Strategy strategy) {
    LearnerState state = LearnerState.empty();
    boolean found = false;
    for (int task = 0; task < TASKS.size(); task++) {
      for (LearningPhase phase : LearningPhase.values()) {
        PhaseInput input = TaskPhases.input(phase, task, RANDOM_SEED, state, TASKS.get(task));
        List<TensorBundle> snapshots = new ArrayList<>();
        PhaseResult result =
            PhaseDriver.run(
                strategy, input, Optional.empty(), (done, of, now) -> snapshots.add(now.get()));
        state = result.state();
        snapshots.addAll(state.objects().values());
        found |= snapshots.stream().anyMatch(EveryStrategyTest::holdsATrainingImage);
      }
    }
    assertThat(found).isEqualTo(strategy.keepsExamples());
  }

  private static boolean holdsATrainingImage(TensorBundle bundle) {
    return bundle.tensors().values().stream()
        .filter(tensor -> tensor.shape().length > 0 && tensor.size(tensor.shape().length - 1) == 16)
        .map(EveryStrategyTest::floats)
        .anyMatch(
            values ->
                TASKS.stream()
                    .map(task -> task.training().images().floats())
                    .anyMatch(images -> shareARow(values, images)));
  }

  private static float[] floats(Tensor tensor) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      return NdArrays.toArray(manager, tensor).toType(DataType.FLOAT32, false).toFloatArray();
    }
  }

  private static boolean shareARow(float[] some, float[] others) {
    for (int row = 0; row < some.length; row += 16) {
      for (int other = 0; other < others.length; other += 16) {
        int same = 0;
        while (same < 16 && Math.abs(some[row + same] - others[other + same]) < ROUNDING) {
          same++;
        }
        if (same == 16) {
          return true;
        }
      }
    }
    return false;
  }

  private static LocalRun run(Strategy strategy, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(
            strategy, RANDOM_SEED, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(tasks);
  }

  private static Strategy strategy(String name) {
    return strategy(name, Map.of());
  }

  private static Strategy strategy(String name, Map<String, Object> chosen) {
    StrategyFactory factory = Strategies.named(name).orElseThrow();
    Map<String, Object> settings = new HashMap<>();
    for (Setting setting : factory.settings()) {
      settings.put(
          setting.name(), setting.check(chosen.getOrDefault(setting.name(), few(setting))));
    }
    return factory.create(settings, Device.cpu());
  }

  private static Object few(Setting setting) {
    if (setting.name().matches("(.*-)?steps")) {
      return 4;
    }
    return setting.name().matches("(.*-)?epochs") ? 2 : setting.defaultValue();
  }
}
