package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.torch.Torch;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Written-out gradients against differences of the losses in plain loops. */
class MapLossTest {
  private static final int N = 4;
  private static final int D = 3;
  private static final int K = 5;
  private static final double STEP = 1e-5;

  private final double[][] x = drawn("x", N, D);
  private final double[][] texts = drawn("texts", K, D);
  private final double[][] m = drawn("m", D, D);
  private final double[][] teacher = drawn("teacher", D, D);

  @Test
  void the_task_s_gradient_is_that_of_the_smoothed_cross_entropy() {
    int[] labels = {2, 0, 4, 2};
    ToDoubleFunction<double[][]> loss =
        map -> {
          double[][] p = softmaxRows(logits(map, 10));
          double sum = 0;
          for (int i = 0; i < N; i++) {
            for (int c = 0; c < K; c++) {
              double target = 0.2 / K + (labels[i] == c ? 0.8 : 0);
              sum -= target * Math.log(p[i][c]) / N;
            }
          }
          return sum;
        };
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      NDArray y = manager.create(new long[] {2, 0, 4, 2});
      assertGradient(MapLoss.task(mapped(manager, m), y, array(manager, texts), 0.2), loss);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void the_distillation_s_gradient_is_that_of_its_cross_entropies(boolean bothWays) {
    ToDoubleFunction<double[][]> loss =
        map -> {
          double[][] own = logits(map, 10.0 / 2);
          double[][] old = logits(teacher, 10.0 / 2);
          double sum = crossEntropy(softmaxRows(old), softmaxRows(own)) / N;
          if (bothWays) {
            sum += crossEntropy(softmaxRows(transposed(old)), softmaxRows(transposed(own))) / K;
          }
          return 4 * sum;
        };
    try (NDManager manager = Torch.newManager(Device.cpu())) {
      assertGradient(
          MapLoss.distilled(
              mapped(manager, m), mapped(manager, teacher), array(manager, texts), 2, bothWays),
          loss);
    }
  }

  private NDArray mapped(NDManager manager, double[][] map) {
    NDArray images = array(manager, x);
    return images.add(images.matMul(array(manager, map)));
  }

  /** The gradient in M is x' times the one found in z. */
  private void assertGradient(NDArray found, ToDoubleFunction<double[][]> loss) {
    NDArray images = array(found.getManager(), x);
    float[] gradient = images.transpose().matMul(found).toFloatArray();
    for (int i = 0; i < D; i++) {
      for (int j = 0; j < D; j++) {
        double difference =
            (loss.applyAsDouble(moved(i, j, STEP)) - loss.applyAsDouble(moved(i, j, -STEP)));
        assertThat((double) gradient[i * D + j])
            .as("d loss / d M[%d][%d]", i, j)
            .isCloseTo(difference / (2 * STEP), within(1e-3));
      }
    }
    assertThat(gradient).isNotEqualTo(new float[D * D]);
  }

  private double[][] moved(int i, int j, double by) {
    double[][] copy = new double[D][];
    for (int row = 0; row < D; row++) {
      copy[row] = m[row].clone();
    }
    copy[i][j] += by;
    return copy;
  }

  /** scale (x + x M) . t. */
  private double[][] logits(double[][] map, double scale) {
    double[][] logits = new double[N][K];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < D; j++) {
        double z = x[i][j];
        for (int k = 0; k < D; k++) {
          z += x[i][k] * map[k][j];
        }
        for (int c = 0; c < K; c++) {
          logits[i][c] += scale * z * texts[c][j];
        }
      }
    }
    return logits;
  }

  private static double[][] softmaxRows(double[][] logits) {
    double[][] shares = new double[logits.length][];
    for (int i = 0; i < logits.length; i++) {
      shares[i] = logits[i].clone();
      double sum = 0;
      for (double logit : logits[i]) {
        sum += Math.exp(logit);
      }
      for (int c = 0; c < shares[i].length; c++) {
        shares[i][c] = Math.exp(logits[i][c]) / sum;
      }
    }
    return shares;
  }

  private static double crossEntropy(double[][] target, double[][] predicted) {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      for (int c = 0; c < target[i].length; c++) {
        sum -= target[i][c] * Math.log(predicted[i][c]);
      }
    }
    return sum;
  }

  private static double[][] transposed(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[0].length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  private static double[][] drawn(String name, int rows, int columns) {
    float[] values = CounterRandom.of(2, 0, name, 0).gaussians(rows * columns);
    double[][] drawn = new double[rows][columns];
    for (int i = 0; i < values.length; i++) {
      drawn[i / columns][i % columns] = 0.3f * values[i];
    }
    return drawn;
  }

  private static NDArray array(NDManager manager, double[][] rows) {
    float[] flat = new float[rows.length * rows[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return manager.create(flat, new Shape(rows.length, rows[0].length));
  }
}
