package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.Strategy;
import java.util.List;
import org.junit.jupiter.api.Test;

class WiseFtTest {
  private static final Schedule SCHEDULE = new Schedule(50, 0.002, 32, RateSchedule.CONSTANT);
  private static final List<TaskInputs> TASKS = ClusterTasks.of(2, 3, 20, 16);

  @Test
  void with_the_new_weights_alone_it_is_fine_tuning_exactly() {
    assertThat(run(wiseFt(1), TASKS).finalState())
        .isEqualTo(run(new FineTuning(SCHEDULE, Device.cpu()), TASKS).finalState());
  }

  @Test
  void with_the_previous_weights_alone_it_is_zero_shot_exactly() {
    LocalRun run = run(wiseFt(0), TASKS);
    KeyAdapter zeroShot = KeyAdapter.of(LearnerState.empty(), TASKS.get(0).classes());
    assertThat(run.states().get(0).get(KeyAdapter.NAME)).isEqualTo(zeroShot.bundle());
    assertThat(run.rows().get(1).classIncremental())
        .isEqualTo(run.rows().get(1).zeroShotClassIncremental());
  }

  @Test
  void the_first_task_leaves_four_fifths_of_fine_tuning_and_a_fifth_of_zero_shot() {
    List<TaskInputs> first = TASKS.subList(0, 1);
    float[] averaged = weights(run(wiseFt(0.8), first).finalState());
    float[] tuned = weights(run(new FineTuning(SCHEDULE, Device.cpu()), first).finalState());
    float[] zeroShot = KeyAdapter.zeroShot(TASKS.get(0).classes()).weights().floats();
    assertThat(tuned).isNotEqualTo(zeroShot);
    for (int i = 0; i < tuned.length; i++) {
      double expected = 0.8 * tuned[i] + 0.2 * zeroShot[i];
      assertThat((double) averaged[i]).isCloseTo(expected, within(1e-6));
    }
  }

  private static float[] weights(LearnerState state) {
    return KeyAdapter.of(state).weights().floats();
  }

  private static Strategy wiseFt(double newShare) {
    return new WiseFt(SCHEDULE, newShare, Device.cpu());
  }

  private static LocalRun run(Strategy strategy, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(strategy, 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(tasks);
  }
}
