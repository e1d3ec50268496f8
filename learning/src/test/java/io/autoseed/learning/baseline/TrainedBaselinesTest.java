package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainedBaselinesTest {
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 4, 30, 24);

  @ParameterizedTest
  @ValueSource(strings = {"finetune", "er", "mer", "generative-replay"})
  void without_steps_the_adapter_is_the_zero_shot_classifier_exactly(String name) {
    LocalRun run = run(strategy(name, Map.of("steps", 0)), TASKS);
    for (int i = 0; i < TASKS.size(); i++) {
      assertThat(run.rows().get(i).classIncremental())
          .isEqualTo(run.rows().get(i).zeroShotClassIncremental());
    }
    assertThat(run.metrics().headline("fwt")).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"finetune", "er", "joint"})
  void resuming_from_any_snapshot_gives_the_same_bits(String name) {
    Strategy strategy = strategy(name, Map.of("steps", 6));
    LearnerState before = run(strategy, TASKS.subList(0, 1)).finalState();
    PhaseInput input = TaskPhases.input(LearningPhase.ADAPT, 1, 7, before, TASKS.get(1));
    List<TensorBundle> snapshots = new ArrayList<>();
    PhaseResult whole =
        PhaseDriver.run(
            strategy, input, Optional.empty(), (done, of, now) -> snapshots.add(now.get()));
    assertThat(snapshots).hasSizeGreaterThanOrEqualTo(6).doesNotHaveDuplicates();
    for (int done = 1; done <= snapshots.size(); done++) {
      PhaseDriver.Resume resume = new PhaseDriver.Resume(done, snapshots.get(done - 1));
      assertThat(PhaseDriver.run(strategy, input, Optional.of(resume), StepObserver.NONE))
          .as("resumed after step %d", done)
          .isEqualTo(whole);
    }
  }

  @Test
  void fine_tuning_learns_the_newest_task_and_forgets_the_others() {
    LocalRun run = run(strategy("finetune", Map.of()), TASKS);
    double newest = 0;
    for (int t = 0; t < TASKS.size(); t++) {
      List<TaskInputs> alone = ClusterTasks.alone(TASKS.get(t));
      double own =
          run(strategy("finetune", Map.of()), alone).metrics().headline("last").orElseThrow();
      double reached = run.rows().get(t).classIncremental().get(t);
      assertThat(reached).as("task %d", t).isGreaterThanOrEqualTo(0.8 * own);
      newest += reached / TASKS.size();
    }
    assertThat(run.metrics().headline("last").orElseThrow()).isLessThan(newest - 20);
  }

  @Test
  void replay_keeps_what_fine_tuning_forgets() {
    double replayed = run(strategy("er", Map.of()), TASKS).metrics().headline("last").orElseThrow();
    double tuned =
        run(strategy("finetune", Map.of()), TASKS).metrics().headline("last").orElseThrow();
    assertThat(replayed).isGreaterThan(tuned + 10);
  }

  @Test
  void a_run_begun_before_a_setting_existed_goes_on_with_its_default() {
    Map<String, Object> before = Map.of("steps", 5, "learning-rate", 0.002, "batch-size", 128);
    Strategy old = Strategies.named("finetune").orElseThrow().create(before, Device.cpu());
    assertThat(run(old, TASKS).finalState())
        .isEqualTo(run(strategy("finetune", Map.of("steps", 5)), TASKS).finalState());
  }

  @Test
  void replay_keeps_the_features_it_is_told_to() {
    LearnerState state = run(strategy("er", Map.of("features-per-class", 5)), TASKS).finalState();
    TensorBundle buffer = state.get(ReplayBuffer.NAME);
    assertThat(buffer.get("label").ints()).hasSize(5 * 12);
    assertThat(buffer.get("image").byteSize()).isEqualTo(5 * 12 * 24 * 2);
  }

  @Test
  void joint_training_without_steps_falls_back_on_the_discriminant_of_all_data() {
    LocalRun joint = run(strategy("joint", Map.of("steps", 0)), TASKS);
    LocalRun streaming = run(strategy("slda", Map.of()), TASKS);
    assertThat(joint.metrics().headline("last").orElseThrow())
        .isCloseTo(streaming.metrics().headline("last").orElseThrow(), within(1.0));
  }

  @Test
  void training_lowers_the_loss() {
    assertThat(adaptLoss(200)).isLessThan(adaptLoss(20)).isLessThan(0.5 * adaptLoss(0));
  }

  private static double adaptLoss(int steps) {
    PhaseInput input =
        TaskPhases.input(LearningPhase.ADAPT, 0, 7, LearnerState.empty(), TASKS.get(0));
    return PhaseDriver.run(
            strategy("finetune", Map.of("steps", steps)),
            input,
            Optional.empty(),
            StepObserver.NONE)
        .metrics()
        .get("training-loss");
  }

  private static LocalRun run(Strategy strategy, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(strategy, 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(tasks);
  }

  private static Strategy strategy(String name, Map<String, Object> changed) {
    StrategyFactory factory = Strategies.named(name).orElseThrow();
    Map<String, Object> settings = new HashMap<>();
    for (Setting setting : factory.settings()) {
      settings.put(
          setting.name(),
          setting.check(changed.getOrDefault(setting.name(), setting.defaultValue())));
    }
    return factory.create(settings, Device.cpu());
  }
}
