package io.autoseed.learning.hypernet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.baseline.ClusterTasks;
import io.autoseed.learning.baseline.RateSchedule;
import io.autoseed.learning.baseline.Schedule;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.network.PlainLayers;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HyperNetTest {
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 4, 30, 24);

  @Test
  void without_steps_the_answers_within_a_task_are_the_zero_shot_ones_exactly() {
    run(net(0, 0.01))
        .rows()
        .forEach(row -> assertThat(row.taskIncremental()).isEqualTo(row.zeroShotTaskIncremental()));
  }

  /** What the paper claims: given the task, nothing is forgotten; without the regulariser it is. */
  @Test
  void with_its_regulariser_earlier_tasks_stay_as_they_were() {
    LocalRun held = run(net(150, 0.01));
    for (int t = 0; t < TASKS.size(); t++) {
      double learned = held.rows().get(t).taskIncremental().get(t);
      assertThat(learned).isGreaterThan(held.rows().get(t).zeroShotTaskIncremental().get(t) + 3);
      assertThat(held.rows().get(2).taskIncremental().get(t)).isGreaterThan(learned - 3);
    }
    LearnerState before = held.states().get(0);
    assertThat(drift(before, 0.01)).isLessThan(0.2 * drift(before, 0));
  }

  private static double drift(LearnerState before, double beta) {
    return PhaseDriver.run(
            net(150, beta),
            TaskPhases.input(LearningPhase.ADAPT, 1, 7, before, TASKS.get(1)),
            Optional.empty(),
            StepObserver.NONE)
        .metrics()
        .get("drift");
  }

  /** The first two classes are one task, the next two another, the last a task of its own. */
  @Test
  void the_surest_task_answers() {
    float[] keys = {8, 0, -8, 0, 0, 2, 0, 1, 9, 9};
    LinearClassifier logits =
        new LinearClassifier(
            new int[] {0, 1, 2, 3, 4}, Tensor.of(keys, 5, 2), new float[] {0, 0, 0, 0, 0});
    TaskInference inference = new TaskInference(logits, new int[] {0, 0, 1, 1, 2});
    float[] scores = inference.scores(Tensor.of(new float[] {1, 0.1f, 0, 1}, 2, 2)).floats();
    float second = (float) Math.exp(-0.1);
    assertThat(scores)
        .containsExactly(
            new float[] {
              1,
              (float) Math.exp(-16),
              0.5f,
              second / 2,
              1f / 3,
              0.5f,
              0.5f,
              1,
              (float) Math.exp(-1),
              1f / 3
            },
            within(1e-6f));
  }

  @Test
  void the_network_and_both_gradients_follow_their_formulas() {
    HyperNetwork network = new HyperNetwork(2);
    int size = network.layout().size();
    float[] w = CounterRandom.of(5, 0, "weights", 0).gaussians(size + HyperNetwork.CODE);
    for (int i = 0; i < w.length; i++) {
      w[i] *= 0.2f;
    }
    double[] wide = PlainLayers.rows(w, w.length)[0];
    double[][] texts = {{0.6, 0.8}, {-0.8, 0.6}};
    double[][] images = {{0, 1}, {0.8, 0.6}, {-1, 0}};
    double[][] codes = PlainLayers.rows(CounterRandom.of(5, 0, "codes", 0).gaussians(64), 32);
    double[][] kept = {{0.1, 0.2, 0.3}, {-0.3, 0.1, 0}};
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray weights = manager.create(w);
      NDArray t = array(manager, texts);
      NDArray task =
          network.taskGradient(
              weights,
              t,
              array(manager, images),
              manager.create(new long[] {0, 0, 1}),
              manager.create(10f));
      NDArray pull =
          network.pullGradient(
              weights, array(manager, codes), t, array(manager, kept), manager.create(0.5f));
      for (int i = 0; i < w.length; i += 53) {
        double[] up = wide.clone();
        double[] down = wide.clone();
        up[i] += 1e-5;
        down[i] -= 1e-5;
        double ofTask = taskLoss(up, size, texts, images) - taskLoss(down, size, texts, images);
        double ofPull = pullLoss(up, codes, texts, kept) - pullLoss(down, codes, texts, kept);
        assertThat((double) task.getFloat(i)).isCloseTo(ofTask / 2e-5, within(2e-3));
        assertThat((double) pull.getFloat(i)).isCloseTo(ofPull / 2e-5, within(5e-2));
      }
      assertThat(task.square().sum().getFloat()).isPositive();
      assertThat(pull.square().sum().getFloat()).isPositive();
    }
  }

  private static double[][] added(double[] w, double[][] codes, double[][] texts) {
    double[][] x = new double[texts.length][HyperNetwork.CODE + 2];
    for (int c = 0; c < texts.length; c++) {
      System.arraycopy(codes[c], 0, x[c], 0, HyperNetwork.CODE);
      System.arraycopy(texts[c], 0, x[c], HyperNetwork.CODE, 2);
    }
    PlainLayers layers = new PlainLayers(w);
    double[][] hidden = layers.linear(x, HyperNetwork.HIDDEN);
    return layers.linear(PlainLayers.each(hidden, PlainLayers::leaky), 3);
  }

  /** Labels 0, 0, 1. */
  private static double taskLoss(double[] w, int size, double[][] texts, double[][] images) {
    double[] code = Arrays.copyOfRange(w, size, w.length);
    double[][] moved = added(w, new double[][] {code, code}, texts);
    double sum = 0;
    for (int n = 0; n < 3; n++) {
      double[] logits = new double[2];
      for (int c = 0; c < 2; c++) {
        logits[c] = moved[c][2];
        for (int k = 0; k < 2; k++) {
          logits[c] += images[n][k] * (10 * texts[c][k] + moved[c][k]);
        }
      }
      int own = n == 2 ? 1 : 0;
      sum += Math.log(1 + Math.exp(logits[1 - own] - logits[own])) / 3;
    }
    return sum;
  }

  private static double pullLoss(double[] w, double[][] codes, double[][] texts, double[][] kept) {
    double[][] moved = added(w, codes, texts);
    double sum = 0;
    for (int c = 0; c < 2; c++) {
      for (int k = 0; k < 3; k++) {
        sum += 0.5 * (moved[c][k] - kept[c][k]) * (moved[c][k] - kept[c][k]);
      }
    }
    return sum;
  }

  private static NDArray array(NDManager manager, double[][] rows) {
    return manager.create(PlainLayers.flat(rows), new Shape(rows.length, rows[0].length));
  }

  private static LocalRun run(Strategy strategy) {
    return new LocalSequenceRunner(strategy, 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(TASKS);
  }

  private static Strategy net(int steps, double beta) {
    Schedule schedule = new Schedule(steps, 0.002, 32, RateSchedule.CONSTANT);
    return new HyperNet(schedule, beta, Device.cpu());
  }
}
