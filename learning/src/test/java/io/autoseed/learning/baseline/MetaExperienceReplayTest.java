package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetaExperienceReplayTest {
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 4, 30, 24);
  private static final double ALPHA = 0.4;
  private static final long[][] BATCHES = {{0, 2, 1}, {1, 1, 0}};

  private final double[][] images = {{0.6, 0.8}, {-0.8, 0.6}, {0.0, 1.0}};
  private final int[] labels = {0, 1, 1};
  private final double[][] texts = {{1, 0}, {0, 1}};

  /** Algorithm 1 in plain loops, in coordinates that whitening leaves alone. */
  @ParameterizedTest
  @CsvSource({"1, 1", "0.3, 1", "1, 0.25", "0.3, 0.5", "0, 1"})
  void a_step_is_reptile_within_and_across_batches(double beta, double gamma) {
    double[][] keys = new double[2][3];
    for (int c = 0; c < 2; c++) {
      for (int k = 0; k < 2; k++) {
        keys[c][k] = KeyTraining.TEMPERATURE * KeyAdapter.TEXT_SCALE * texts[c][k];
      }
    }
    double[][] start = copy(keys);
    for (long[] batch : BATCHES) {
      double[][] before = copy(keys);
      for (long row : batch) {
        descend(keys, (int) row);
      }
      blend(before, keys, beta);
    }
    blend(start, keys, gamma);
    float[] found = stepped(beta, gamma).floats();
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i])
          .isCloseTo(keys[i / 3][i % 3] / KeyTraining.TEMPERATURE, within(1e-5));
    }
  }

  private void descend(double[][] keys, int row) {
    double[] z = {
      images[row][0] / KeyTraining.TEMPERATURE,
      images[row][1] / KeyTraining.TEMPERATURE,
      1 / KeyTraining.TEMPERATURE
    };
    double[] logits = new double[2];
    for (int c = 0; c < 2; c++) {
      for (int k = 0; k < 3; k++) {
        logits[c] += keys[c][k] * z[k];
      }
    }
    double first = 1 / (1 + Math.exp(logits[1] - logits[0]));
    double[] residual = {first, 1 - first};
    residual[labels[row]] -= 1;
    for (int c = 0; c < 2; c++) {
      for (int k = 0; k < 3; k++) {
        keys[c][k] -= ALPHA * residual[c] * z[k];
      }
    }
  }

  private static void blend(double[][] before, double[][] after, double share) {
    for (int c = 0; c < after.length; c++) {
      for (int k = 0; k < after[c].length; k++) {
        after[c][k] = before[c][k] + share * (after[c][k] - before[c][k]);
      }
    }
  }

  private Tensor stepped(double beta, double gamma) {
    KeyAdapter adapter = KeyAdapter.zeroShot(new TaskClasses(new int[] {0, 1}, rows(texts)));
    Scatter unit = new Scatter(new Symmetric(2, new float[] {1, 0, 1}), 1);
    TrainingSet pool = new TrainingSet(rows(images), labels);
    try (KeyTraining training = new KeyTraining(Device.cpu(), adapter, pool, unit, step -> ALPHA)) {
      training.stepReptile(0, BATCHES, beta, gamma);
      return training.weights();
    }
  }

  @Test
  void it_keeps_what_fine_tuning_forgets_and_learns_what_is_new() {
    LocalRun run = run(mer(300, 200));
    LocalRun tuned =
        run(new FineTuning(new Schedule(300, 0.002, 128, RateSchedule.CONSTANT), Device.cpu()));
    assertThat(last(run)).isGreaterThan(last(tuned) + 10);
    for (int t = 0; t < TASKS.size(); t++) {
      double own = last(new LocalSequenceRunner(mer(300, 200), 7, ALL_ROWS).run(alone(t)));
      assertThat(run.rows().get(t).classIncremental().get(t))
          .as("task %d", t)
          .isGreaterThanOrEqualTo(0.8 * own);
    }
  }

  @Test
  void the_reservoir_holds_as_many_as_it_may_of_all_tasks_met() {
    LearnerState state = run(mer(200, 50)).finalState();
    List<Integer> kept = Arrays.stream(ReplayBuffer.of(state, 24).labels()).boxed().toList();
    assertThat(kept).hasSize(50);
    assertThat(kept).anyMatch(label -> label < 4).anyMatch(label -> label >= 8);
    assertThat(state.get(ReplayBuffer.NAME).get("image").byteSize()).isEqualTo(50 * 24 * 2);
  }

  private static final EvaluationRows ALL_ROWS = new EvaluationRows(EvaluationRows.Kind.ALL, 0);

  private static List<TaskInputs> alone(int t) {
    return ClusterTasks.alone(TASKS.get(t));
  }

  private static LocalRun run(Strategy strategy) {
    return new LocalSequenceRunner(strategy, 7, ALL_ROWS).run(TASKS);
  }

  private static double last(LocalRun run) {
    return run.metrics().headline("last").orElseThrow();
  }

  private static Strategy mer(int steps, int capacity) {
    Schedule schedule = new Schedule(steps, 0.03, 10, RateSchedule.CONSTANT);
    return new MetaExperienceReplay(schedule, 5, 0.3, 1, capacity, Device.cpu());
  }

  private static double[][] copy(double[][] rows) {
    return new double[][] {rows[0].clone(), rows[1].clone()};
  }

  private static Tensor rows(double[][] rows) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return Tensor.of(values, rows.length, rows[0].length);
  }
}
