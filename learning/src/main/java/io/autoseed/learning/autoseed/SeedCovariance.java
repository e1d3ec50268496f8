package io.autoseed.learning.autoseed;

import static io.autoseed.learning.autoseed.Expressions.times;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.torch.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * (E5) Each class's covariance as its seeds and those of similar classes tell it, in whitened
 * coordinates: Sigma_c = I + sum over the 5 nearest seen classes j of (0.4 / 5 + 0.1 [j = c]) B_j,
 * B_j = sum over j's seeds of pi_m u_m u_m', u_m = (v_m - mean of j) A. A class known by name alone
 * has the covariance of its neighbours. Nothing is kept for it but the bank.
 *
 * <p>Sigma_c = I + V V' with at most R columns, so that it costs R numbers an image and class.
 *
 * @param u seed offsets and a last row of zeros, [M + 1, d]
 * @param rows the offsets that are V's columns, R a class, padded by the row of zeros, [C R]
 * @param scale what each is multiplied by, [C, R, 1]
 * @param inverseRoot inverse of the Cholesky factor of I + V'V, [C, R, R]
 * @param logDeterminant log |Sigma_c|, [1, C]
 */
record SeedCovariance(
    NDArray u, int[] rows, NDArray scale, NDArray inverseRoot, NDArray logDeterminant) {
  private static final int NEIGHBOURS = 5;
  private static final double SHARED = 0.4;
  private static final double OWN = 0.1;
  private static final int MOST_NUMBERS = 1 << 24;

  /** A seed offset in a class's sum and the root of its weight. */
  private record Column(int seed, double scale) {}

  /**
   * Of the bank's classes and of upcoming ones behind them.
   *
   * @param a A, [d, d]
   * @param upcoming keys of classes known by name alone, [U, d], or null for none
   */
  static SeedCovariance of(SeedBank bank, NDArray a, NDArray upcoming) {
    NDManager manager = a.getManager();
    NDArray means = bank.means(manager);
    NDArray offsets = bank.vectors(manager).sub(Expressions.rows(means, bank.classes())).matMul(a);
    NDArray u = offsets.concat(manager.zeros(new Shape(1, a.size(0))), 0);
    NDArray centres = means.matMul(a);
    NDArray all = upcoming == null ? centres : centres.concat(upcoming, 0);
    List<List<Column>> columns = columns(bank, distances(all, centres));
    int width = Math.max(1, columns.stream().mapToInt(List::size).max().orElse(1));
    return of(u, columns, width);
  }

  /** Squared distances less the left one's own square, which orders them alike, [C', C]. */
  private static float[][] distances(NDArray from, NDArray to) {
    NDArray square = Expressions.rowSum(to.square()).transpose();
    float[] flat = square.sub(from.matMul(to.transpose()).mul(2)).toFloatArray();
    int columns = (int) to.size(0);
    return IntStream.range(0, flat.length / columns)
        .mapToObj(i -> Arrays.copyOfRange(flat, i * columns, (i + 1) * columns))
        .toArray(float[][]::new);
  }

  private static List<List<Column>> columns(SeedBank bank, float[][] distances) {
    int seen = bank.classCount();
    int near = Math.min(NEIGHBOURS, seen);
    List<List<Column>> columns = new ArrayList<>();
    for (int c = 0; c < distances.length; c++) {
      float[] distance = distances[c];
      boolean[] nearest = new boolean[seen];
      IntStream.range(0, seen)
          .boxed()
          .sorted(Comparator.comparingDouble(j -> distance[j]))
          .limit(near)
          .forEach(j -> nearest[j] = true);
      List<Column> ofClass = new ArrayList<>();
      for (int m = 0; m < bank.count(); m++) {
        int j = bank.classes()[m];
        double weight = (nearest[j] ? SHARED / NEIGHBOURS : 0) + (j == c ? OWN : 0);
        if (weight > 0) {
          ofClass.add(new Column(m, Math.sqrt(weight * bank.weights()[m])));
        }
      }
      columns.add(ofClass);
    }
    return columns;
  }

  private static SeedCovariance of(NDArray u, List<List<Column>> columns, int width) {
    NDManager manager = u.getManager();
    int count = columns.size();
    int zeros = (int) u.size(0) - 1;
    int[] rows = new int[count * width];
    Arrays.fill(rows, zeros);
    float[] scale = new float[count * width];
    for (int c = 0; c < count; c++) {
      for (int r = 0; r < columns.get(c).size(); r++) {
        rows[c * width + r] = columns.get(c).get(r).seed();
        scale[c * width + r] = (float) columns.get(c).get(r).scale();
      }
    }
    float[] gram = u.matMul(u.transpose()).toFloatArray();
    float[] inner = new float[count * width * width];
    for (int c = 0; c < count; c++) {
      for (int r = 0; r < width; r++) {
        int i = c * width + r;
        for (int s = 0; s < width; s++) {
          int j = c * width + s;
          float product = scale[i] * scale[j] * gram[rows[i] * (zeros + 1) + rows[j]];
          inner[i * width + s] = product + (r == s ? 1 : 0);
        }
      }
    }
    NDArray root = LinearAlgebra.cholesky(manager.create(inner, new Shape(count, width, width)));
    NDArray unit = manager.eye(width).reshape(1, width, width);
    NDArray diagonal = root.mul(unit).sum(new int[] {2});
    return new SeedCovariance(
        u,
        rows,
        manager.create(scale, new Shape(count, width, 1)),
        LinearAlgebra.inverse(root),
        diagonal.log().sum(new int[] {1}).mul(2).reshape(1, count));
  }

  private int classCount() {
    return (int) logDeterminant.size(1);
  }

  /**
   * What the covariances add to (z . k_c - |k_c|^2 / 2): 1/2 (z - k_c)' (I - Sigma_c^-1) (z - k_c)
   * - 1/2 log |Sigma_c|.
   *
   * @param z [N, d]
   * @param k [C, d]
   * @return [N, C]
   */
  NDArray correction(NDArray z, NDArray k) {
    NDArray ku = own(k.matMul(u.transpose()));
    int most = Math.max(1, MOST_NUMBERS / rows.length);
    int samples = (int) z.size(0);
    NDArray all = null;
    for (int first = 0; first < samples; first += most) {
      NDArray some = z.get(first + ":" + Math.min(samples, first + most));
      all = Expressions.stack(all, explained(some, ku));
    }
    return times(all.sub(logDeterminant), 0.5);
  }

  /** The product of each class's key with its own offsets, [C, R, 1]. */
  private NDArray own(NDArray products) {
    float[] values = products.toFloatArray();
    int columns = (int) products.size(1);
    int width = rows.length / classCount();
    float[] chosen = new float[rows.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = values[i / width * columns + rows[i]];
    }
    return u.getManager().create(chosen, new Shape(classCount(), width, 1));
  }

  /** (z - k_c)' (I - Sigma_c^-1) (z - k_c), [N, C]. */
  private NDArray explained(NDArray z, NDArray ku) {
    NDArray products = Expressions.rows(u.matMul(z.transpose()), rows);
    int width = rows.length / classCount();
    NDArray x = products.reshape(classCount(), width, z.size(0)).sub(ku).mul(scale);
    return inverseRoot.matMul(x).square().sum(new int[] {1}).transpose();
  }
}
