package io.autoseed.learning.metrics;

import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Picks out the classes of a joint space that are hardest to tell apart: those most alike. */
public final class AlikeClasses {
  private AlikeClasses() {}

  /**
   * Begins with the two class means of largest cosine, then takes the one of largest cosine with
   * any taken, again and again.
   *
   * @param means float32 [C, d], C >= 2; takes the memory of a float64 [C, C], so a few hundred
   * @param count how many, at least 2; all if there are fewer
   * @return their rows, ascending; of equal cosines the first counts
   */
  public static int[] of(Tensor means, int count) {
    int classes = means.size(0);
    double[][] cosine = cosines(means);
    List<Integer> taken = new ArrayList<>(closest(cosine));
    while (taken.size() < Math.min(count, classes)) {
      int best = -1;
      double most = Double.NEGATIVE_INFINITY;
      for (int c = 0; c < classes; c++) {
        for (int t : taken) {
          if (!taken.contains(c) && cosine[t][c] > most) {
            most = cosine[t][c];
            best = c;
          }
        }
      }
      taken.add(best);
    }
    Collections.sort(taken);
    return taken.stream().mapToInt(Integer::intValue).toArray();
  }

  private static List<Integer> closest(double[][] cosine) {
    int first = 0;
    int second = 1;
    for (int a = 0; a < cosine.length; a++) {
      for (int b = a + 1; b < cosine.length; b++) {
        if (cosine[a][b] > cosine[first][second]) {
          first = a;
          second = b;
        }
      }
    }
    return List.of(first, second);
  }

  private static double[][] cosines(Tensor means) {
    int classes = means.size(0);
    int width = means.size(1);
    float[] values = means.floats();
    double[] squares = new double[classes];
    for (int c = 0; c < classes; c++) {
      squares[c] = product(values, width, c, c);
    }
    double[][] cosines = new double[classes][classes];
    for (int a = 0; a < classes; a++) {
      for (int b = 0; b < classes; b++) {
        cosines[a][b] =
            product(values, width, a, b) / Math.max(1e-12, Math.sqrt(squares[a] * squares[b]));
      }
    }
    return cosines;
  }

  private static double product(float[] values, int width, int a, int b) {
    double product = 0;
    for (int k = 0; k < width; k++) {
      product += (double) values[a * width + k] * values[b * width + k];
    }
    return product;
  }
}
