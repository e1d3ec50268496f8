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
import io.autoseed.learning.strategy.Strategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MapStrategiesTest {
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 3, 20, 16);

  static Stream<Strategy> untrained() {
    return Stream.of(vrLwf(0, 1), zscl(0, new Distillation(0.2, 1, 2, true, true, 0.01, 100)));
  }

  @ParameterizedTest
  @MethodSource("untrained")
  void without_steps_every_answer_is_the_zero_shot_one_exactly(Strategy strategy) {
    LocalRun run =
        new LocalSequenceRunner(strategy, 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
            .run(TASKS);
    run.rows()
        .forEach(
            row -> {
              assertThat(row.classIncremental()).isEqualTo(row.zeroShotClassIncremental());
              assertThat(row.taskIncremental()).isEqualTo(row.zeroShotTaskIncremental());
            });
  }

  @Test
  void distillation_keeps_the_map_short() {
    double free = adapted(vrLwf(60, 0)).metrics().get("map-length");
    assertThat(adapted(vrLwf(60, 100)).metrics().get("map-length")).isLessThan(0.8 * free);
    double pulled =
        adapted(zscl(60, new Distillation(0, 0, 2, true, true, 10, 0))).metrics().get("map-length");
    assertThat(pulled).isLessThan(0.8 * free);
  }

  @Test
  void the_outcome_is_the_mean_of_the_start_and_of_the_weights_after_every_so_many_steps() {
    Strategy everyTwo = zscl(4, new Distillation(0.2, 1, 2, true, true, 0.01, 2));
    List<float[]> weights = new ArrayList<>();
    PhaseResult result =
        PhaseDriver.run(
            everyTwo,
            input(),
            Optional.empty(),
            (done, of, now) -> weights.add(now.get().get("m").floats()));
    float[] outcome = ImageMap.of(result.state(), 16).matrix().floats();
    for (int i = 0; i < outcome.length; i++) {
      double mean = (0 + weights.get(1)[i] + weights.get(3)[i]) / 3;
      assertThat((double) outcome[i]).isCloseTo(mean, within(1e-6));
    }
    assertThat(outcome).isNotEqualTo(new float[outcome.length]);
  }

  @Test
  void learning_raises_the_accuracy_on_the_task() {
    LocalRun run =
        new LocalSequenceRunner(vrLwf(300, 1), 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
            .run(TASKS.subList(0, 1));
    assertThat(run.rows().get(0).classIncremental().get(0))
        .isGreaterThan(run.rows().get(0).zeroShotClassIncremental().get(0));
  }

  private static PhaseResult adapted(Strategy strategy) {
    return PhaseDriver.run(strategy, input(), Optional.empty(), StepObserver.NONE);
  }

  private static PhaseInput input() {
    return TaskPhases.input(LearningPhase.ADAPT, 0, 7, LearnerState.empty(), TASKS.get(0));
  }

  private static Strategy vrLwf(int steps, double weight) {
    return new VrLwf(schedule(steps), weight, Device.cpu());
  }

  private static Strategy zscl(int steps, Distillation distillation) {
    return new Zscl(schedule(steps), distillation, Device.cpu());
  }

  private static Schedule schedule(int steps) {
    return new Schedule(steps, 0.005, 32, RateSchedule.CONSTANT);
  }
}
