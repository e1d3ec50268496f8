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
 * @param offsets the seed offsets that are V's columns
 * @param scale what each is multiplied by, [C, R, 1]
 * @param inverseRoot inverse of the Cholesky factor of I + V'V, [C, R, R]
 * @param logDeterminant log |Sigma_c|, [1, C]
 * @param mostNumbers of one array while a portion of classes or of images is worked on
 */
record SeedCovariance(
    ClassOffsets offsets,
    NDArray scale,
    NDArray inverseRoot,
    NDArray logDeterminant,
    int mostNumbers) {
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
    return of(bank, a, upcoming, MOST_NUMBERS);
  }

  /** The same; {@code mostNumbers} bounds the portions that classes and images are taken in. */
  static SeedCovariance of(SeedBank bank, NDArray a, NDArray upcoming, int mostNumbers) {
    NDManager manager = a.getManager();
    NDArray means = bank.means(manager);
    NDArray offsets = bank.vectors(manager).sub(Expressions.rows(means, bank.classes())).matMul(a);
    NDArray u = offsets.concat(manager.zeros(new Shape(1, a.size(0))), 0);
    NDArray centres = means.matMul(a);
    NDArray all = upcoming == null ? centres : centres.concat(upcoming, 0);
    List<List<Column>> columns = columns(bank, distances(all, centres));
    int width = Math.max(1, columns.stream().mapToInt(List::size).max().orElse(1));
    return of(u, columns, width, mostNumbers);
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

  private static SeedCovariance of(
      NDArray u, List<List<Column>> columns, int width, int mostNumbers) {
    NDManager manager = u.getManager();
    int count = columns.size();
    int[] rows = new int[count * width];
    Arrays.fill(rows, (int) u.size(0) - 1);
    float[] factors = new float[count * width];
    for (int c = 0; c < count; c++) {
      for (int r = 0; r < columns.get(c).size(); r++) {
        rows[c * width + r] = columns.get(c).get(r).seed();
        factors[c * width + r] = (float) columns.get(c).get(r).scale();
      }
    }
    ClassOffsets offsets = new ClassOffsets(u, rows, width);
    NDArray scale = manager.create(factors, new Shape(count, width, 1));
    NDArray unit = manager.eye(width).reshape(1, width, width);
    NDArray inner =
        Portions.of(
            count,
            offsets.classesWithin(mostNumbers),
            (first, end) -> {
              NDArray v = offsets.of(first, end).mul(scale.get(first + ":" + end));
              return v.matMul(v.swapAxes(1, 2)).add(unit);
            });
    NDArray root = LinearAlgebra.cholesky(inner);
    NDArray diagonal = root.mul(unit).sum(new int[] {2});
    return new SeedCovariance(
        offsets,
        scale,
        LinearAlgebra.inverse(root),
        diagonal.log().sum(new int[] {1}).mul(2).reshape(1, count),
        mostNumbers);
  }

  /**
   * What the covariances add to (z . k_c - |k_c|^2 / 2): 1/2 (z - k_c)' (I - Sigma_c^-1) (z - k_c)
   * - 1/2 log |Sigma_c|.
   *
   * @param z [N, d]
   * @param ku {@link #own} of the keys
   * @return [N, C]
   */
  NDArray correction(NDArray z, NDArray ku) {
    int most = Math.max(1, mostNumbers / offsets.rows().length);
    NDArray all =
        Portions.of((int) z.size(0), most, (first, end) -> explained(z.get(first + ":" + end), ku));
    return times(all.sub(logDeterminant), 0.5);
  }

  /**
   * The product of each class's key with its own offsets, [C, R, 1]: what the corrections of all
   * images share.
   *
   * @param k [C, d]
   */
  NDArray own(NDArray k) {
    return Portions.of(
        offsets.classCount(),
        offsets.classesWithin(mostNumbers),
        (first, end) -> offsets.of(first, end).matMul(k.get(first + ":" + end).expandDims(2)));
  }

  /** (z - k_c)' (I - Sigma_c^-1) (z - k_c), [N, C]. */
  private NDArray explained(NDArray z, NDArray ku) {
    NDArray products = Expressions.rows(offsets.u().matMul(z.transpose()), offsets.rows());
    NDArray x =
        products.reshape(offsets.classCount(), offsets.width(), z.size(0)).sub(ku).mul(scale);
    return inverseRoot.matMul(x).square().sum(new int[] {1}).transpose();
  }
}
