package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Whitening;
import java.util.Arrays;

/**
 * (E6) How far each label of a task is believed. Were a share rho of them replaced by another of
 * the task's classes at random, a label y_i would have the likelihood (1 - rho) p_i + rho (1 - p_i)
 * / (|C_t| - 1), with p_i the probability of y_i among the task's classes, to whose key the sample
 * contributes nothing. rho and the temperature of p are those of the greatest likelihood; omega_i
 * is the posterior probability that y_i was not replaced.
 *
 * @param noise rho, the share of wrong labels
 * @param omega at least 0.01, [N]
 */
record LabelTrust(double noise, float[] omega) {
  private static final int ROUNDS = 3;
  private static final double SHRINKAGE = 0.8;
  private static final double MOST_OF_A_MEAN = 0.9;
  private static final double LEAST = 0.01;
  private static final double[] NOISES = {0, .01, .02, .05, .1, .15, .2, .3, .4, .5, .6};
  private static final double[] TEMPERATURES = {1, 2, 4, 8, 16, 32};

  /**
   * Of a task's samples, from omega = 1 in three rounds, each with the class means and the
   * covariance that the round before it believes. A round that changes nothing is the last: where
   * all labels are believed, the first, and a round costs an eigendecomposition.
   *
   * @param before S and n as the previous task left them
   * @param task its samples; what they are trusted already is not looked at
   */
  static LabelTrust of(Scatter before, TaskSamples task) {
    float[] all = new float[task.count()];
    Arrays.fill(all, 1);
    LabelTrust trust = new LabelTrust(0, all);
    if (task.classCount() < 2) {
      return trust;
    }
    for (int round = 0; round < ROUNDS; round++) {
      TaskSamples believed = task.trusted(trust.omega);
      LabelTrust next = likeliest(distances(before, believed), task.labels());
      if (Arrays.equals(next.omega, trust.omega)) {
        return next;
      }
      trust = next;
    }
    return trust;
  }

  /** |z_i - k_c|^2, i left out of its own class's k_c, in coordinates whitened by lambda = 0.8. */
  private static double[][] distances(Scatter before, TaskSamples task) {
    int classes = task.classCount();
    NDArray s = before.array(task.e().getManager()).add(task.scatter());
    double n = before.freedom() + task.freedom(classes);
    NDArray a =
        Whitening.of(Whitening.covariance(s, n, SHRINKAGE)).a().toType(DataType.FLOAT32, false);
    NDArray z = task.e().matMul(a);
    NDArray k = task.means().matMul(a);
    NDArray squares =
        Expressions.rowSum(z.square())
            .add(Expressions.rowSum(k.square()).transpose())
            .sub(z.matMul(k.transpose()).mul(2));
    float[] flat = squares.toFloatArray();
    float[] share = task.shares().toFloatArray();
    double[][] distances = new double[task.count()][classes];
    for (int i = 0; i < distances.length; i++) {
      for (int c = 0; c < classes; c++) {
        distances[i][c] = flat[i * classes + c];
      }
      double rest = 1 - Math.min(share[i], MOST_OF_A_MEAN);
      distances[i][task.labels()[i]] /= rest * rest;
    }
    return distances;
  }

  /**
   * The trust under the likeliest share of wrong labels and temperature.
   *
   * @param distances |z_i - k_c|^2 to the means of at least two classes, [N, |C_t|]
   * @param labels y_i, [N]
   */
  static LabelTrust likeliest(double[][] distances, int[] labels) {
    int others = distances[0].length - 1;
    double best = Double.NEGATIVE_INFINITY;
    double noise = 0;
    double[] probabilities = new double[0];
    for (double temperature : TEMPERATURES) {
      double[] p = probabilities(distances, labels, temperature);
      for (double rho : NOISES) {
        double likelihood = 0;
        for (double own : p) {
          likelihood += StrictMath.log((1 - rho) * own + rho * (1 - own) / others);
        }
        if (likelihood > best) {
          best = likelihood;
          noise = rho;
          probabilities = p;
        }
      }
    }
    if (best == Double.NEGATIVE_INFINITY) {
      throw new IllegalStateException(
          "no finite likelihood of labels: the features are not finite");
    }
    float[] omega = new float[labels.length];
    for (int i = 0; i < omega.length; i++) {
      double right = (1 - noise) * probabilities[i];
      double wrong = noise * (1 - probabilities[i]) / others;
      omega[i] = (float) Math.max(right / (right + wrong), LEAST);
    }
    return new LabelTrust(noise, omega);
  }

  /** p_i = softmax_c(-|z_i - k_c|^2 / (2 T)) at y_i, within 1e-9 of 0 and 1. */
  private static double[] probabilities(double[][] distances, int[] labels, double temperature) {
    double[] p = new double[labels.length];
    for (int i = 0; i < p.length; i++) {
      double own = distances[i][labels[i]];
      double sum = 0;
      for (double other : distances[i]) {
        sum += StrictMath.exp((own - other) / (2 * temperature));
      }
      p[i] = Math.min(Math.max(1 / sum, 1e-9), 1 - 1e-9);
    }
    return p;
  }
}
