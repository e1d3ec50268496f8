package io.autoseed.learning.ridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.baseline.ClusterTasks;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.LinearAlgebra;
import io.autoseed.learning.torch.Torch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RanPacTest {
  private static final int WIDTH = 40;
  private static final double RIDGE = 0.5;
  private static final List<TaskInputs> TASKS = ClusterTasks.of(3, 3, 20, 12);

  private final RanPac ranPac = new RanPac(WIDTH, RIDGE, Device.cpu());

  @Test
  void the_keys_learned_task_by_task_solve_the_ridge_regression_on_all_data() {
    double[] keys = regression(ranPac, TASKS).get("keys").doubles();
    assertThat(keys).hasSize(9 * WIDTH);
    assertThat(Regressions.residual(TASKS, keys, WIDTH, RIDGE)).isLessThan(1e-6);
    assertThat(Regressions.residual(TASKS.subList(0, 2), keys, WIDTH, RIDGE)).isGreaterThan(1e-3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ranpac", "rail"})
  void a_width_whose_state_fills_a_workers_memory_is_refused(String name) {
    StrategyFactory factory = Strategies.named(name).orElseThrow();
    assertThat(factory.complete(Map.of("width", 4000))).containsEntry("width", 4000);
    assertThatThrownBy(() -> factory.complete(Map.of("width", 10_000)))
        .hasMessageContaining("width: expected a whole number from 1 to 4000");
  }

  @Test
  void the_keys_do_not_depend_on_the_order_of_the_tasks() {
    double[] keys = regression(ranPac, TASKS).get("keys").doubles();
    double[] others = regression(ranPac, Regressions.reversed(TASKS)).get("keys").doubles();
    for (int c = 0; c < 9; c++) {
      int same = 3 * (2 - c / 3) + c % 3;
      for (int k = 0; k < WIDTH; k++) {
        assertThat(others[same * WIDTH + k]).isCloseTo(keys[c * WIDTH + k], within(1e-6));
      }
    }
  }

  @Test
  void clusters_learned_in_three_tasks_are_told_apart() {
    double last =
        new LocalSequenceRunner(ranPac, 1, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
            .run(TASKS)
            .metrics()
            .headline("last")
            .orElseThrow();
    assertThat(last).isGreaterThan(80);
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 60})
  void the_ridge_is_the_best_on_the_held_out_fifth(int width) {
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      float[] drawn = CounterRandom.of(3, 0, "ridge", width).gaussians(30 * width);
      int[] labels = new int[30];
      for (int i = 0; i < 30; i++) {
        labels[i] = i % 2;
        drawn[i * width] = 3 * labels[i] + 0.1f * drawn[i * width];
      }
      NDArray h = manager.create(drawn, new Shape(30, width)).toType(DataType.FLOAT64, false);
      NDArray y = OneHot.of(manager, labels, new int[] {0, 1});
      double chosen = RidgeChoice.of(h, y);
      double error = heldOutError(h, y, chosen);
      for (double factor : new double[] {1e-3, 0.1, 10, 1e3}) {
        assertThat(heldOutError(h, y, chosen * factor)).isGreaterThanOrEqualTo(error - 1e-9);
      }
      assertThat(heldOutError(h, y, 1e8)).isGreaterThan(error + 0.01);
    }
  }

  @Test
  void upcoming_classes_are_refused() {
    LearnerState state = Regressions.learned(ranPac, TASKS);
    assertThatThrownBy(() -> ranPac.classifier(state, TASKS.get(0).classes()))
        .hasMessageContaining("ranpac cannot score classes it has not learned");
  }

  /** By the normal equations, one lambda at a time. */
  private static double heldOutError(NDArray h, NDArray y, double lambda) {
    NDArray rest = h.get(":24");
    NDArray unit = h.getManager().eye((int) h.size(1)).toType(DataType.FLOAT64, false);
    NDArray keys =
        LinearAlgebra.solve(
            rest.transpose().matMul(rest).add(unit.mul(lambda)),
            rest.transpose().matMul(y.get(":24")));
    return h.get("24:").matMul(keys).sub(y.get("24:")).square().mean().getDouble();
  }

  private static TensorBundle regression(RanPac strategy, List<TaskInputs> tasks) {
    return Regressions.learned(strategy, tasks).get(RanPac.NAME);
  }
}
