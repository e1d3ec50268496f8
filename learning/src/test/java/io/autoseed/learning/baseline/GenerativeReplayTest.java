package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GenerativeReplayTest {
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 4, 30, 24);
  private static final Schedule SCHEDULE = new Schedule(300, 0.002, 64, RateSchedule.CONSTANT);

  @Test
  void it_keeps_what_fine_tuning_forgets_and_learns_what_is_new() {
    LocalRun run = run(replaying(), TASKS);
    LocalRun tuned = run(new FineTuning(SCHEDULE, Device.cpu()), TASKS);
    assertThat(last(run)).isGreaterThan(last(tuned) + 10);
    for (int t = 0; t < TASKS.size(); t++) {
      double own = last(run(replaying(0), ClusterTasks.alone(TASKS.get(t))));
      assertThat(run.rows().get(t).classIncremental().get(t))
          .as("task %d", t)
          .isGreaterThanOrEqualTo(0.8 * own);
    }
  }

  @Test
  void one_generator_stands_for_the_whole_past() {
    List<LearnerState> states = run(replaying(1), TASKS).states();
    long first = states.get(0).get("generator").byteSize();
    assertThat(states.get(2).get("generator").byteSize()).isEqualTo(first);
    assertThat(states.get(2).has("task-replay")).isFalse();
  }

  /** Eq. 1: a replayed example's label is the old learner's answer to it. */
  @Test
  void what_is_drawn_carries_the_answers_of_the_learner_before_the_task_and_covers_both_tasks() {
    LearnerState before = run(replaying(), TASKS.subList(0, 2)).finalState();
    TensorBundle replay =
        PhaseDriver.run(
                replaying(),
                TaskPhases.input(LearningPhase.REPLAY, 2, 7, before, TASKS.get(2)),
                Optional.empty(),
                StepObserver.NONE)
            .state()
            .get("task-replay");
    TrainingSet drawn = new TrainingSet(replay.get("image"), replay.get("label").ints());
    assertThat(drawn.count()).isEqualTo(400);
    assertThat(JointTraining.accuracy(KeyAdapter.of(before).classifier(), drawn)).isEqualTo(1);
    assertThat(Arrays.stream(drawn.labels()).boxed())
        .anyMatch(label -> label < 4)
        .anyMatch(label -> label >= 4);
  }

  private static double last(LocalRun run) {
    return run.metrics().headline("last").orElseThrow();
  }

  private static LocalRun run(Strategy strategy, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(strategy, 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(tasks);
  }

  private static Strategy replaying() {
    return replaying(60);
  }

  private static Strategy replaying(int generatorSteps) {
    return new GenerativeReplay(SCHEDULE, generatorSteps, 0.001, 400, Device.cpu());
  }
}
