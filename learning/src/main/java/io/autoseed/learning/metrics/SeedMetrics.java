package io.autoseed.learning.metrics;

import io.autoseed.learning.statistics.Bootstrap;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * How faithful generated seeds are to the real classes, and how they spread (Auto-Seed). All
 * vectors are in the joint space.
 *
 * @param fidelity mean over classes of cos(mean of the class's seeds v, real class mean)
 * @param fidelityDeviation its standard deviation over classes
 * @param control the same mean with one real example of the class, at random, in the seeds' place
 * @param rhoParallel trace of the seeds' covariance within classes, projected on the subspace
 *     between classes (the span of the class means about their mean), divided by the real data's
 * @param rhoPerpendicular the same on the subspace's complement; NaN, as rhoParallel, if real
 *     examples do not vary there
 * @param differenceLow lower end of the 95 % {@link Bootstrap} interval, over classes, of
 *     rhoParallel - rhoPerpendicular; the seeds are "regularised" if it is above 0; NaN if real
 *     examples do not vary
 * @param differenceHigh its upper end
 */
public record SeedMetrics(
    double fidelity,
    double fidelityDeviation,
    double control,
    double rhoParallel,
    double rhoPerpendicular,
    double differenceLow,
    double differenceHigh) {
  private static final double EPS = 1e-9;

  /**
   * Measures the seeds of at least two classes.
   *
   * @param v seeds, float32 [M, d]
   * @param seedClasses class number of each seed, [M]
   * @param images real examples, float32 [N, d]; every class with a seed has one at least
   * @param labels class number of each example, [N]
   */
  public static SeedMetrics of(Tensor v, int[] seedClasses, Tensor images, int[] labels) {
    int[] classes = Arrays.stream(seedClasses).distinct().sorted().toArray();
    if (classes.length < 2) {
      throw new IllegalArgumentException(
          "seed metrics need the seeds of two classes at least, found " + classes.length);
    }
    List<Group> seeds = groups(rows(v), seedClasses, classes);
    List<Group> real = groups(rows(images), labels, classes);
    List<double[]> basis = between(real.stream().map(Group::mean).toList());
    double[] cosines = new double[classes.length];
    double[] controls = new double[classes.length];
    Sums[] sums = new Sums[classes.length];
    for (int c = 0; c < classes.length; c++) {
      cosines[c] = cosine(seeds.get(c).mean(), real.get(c).mean());
      List<double[]> examples = real.get(c).rows();
      int drawn = CounterRandom.of(0, classes[c], "metrics/control", 0).nextInt(examples.size());
      controls[c] = cosine(examples.get(drawn), real.get(c).mean());
      sums[c] = Sums.of(seeds.get(c), real.get(c), basis);
    }
    int[] once = new int[classes.length];
    Arrays.fill(once, 1);
    Optional<Estimate> difference =
        Bootstrap.estimate(
            "classes",
            classes.length,
            counts -> rho(sums, counts, true) - rho(sums, counts, false));
    return new SeedMetrics(
        mean(cosines),
        deviation(cosines),
        mean(controls),
        rho(sums, once, true),
        rho(sums, once, false),
        difference.map(Estimate::low).orElse(Double.NaN),
        difference.map(Estimate::high).orElse(Double.NaN));
  }

  /**
   * Over the classes, each as often as it was drawn; NaN if real examples do not vary, or the
   * subspace between classes is all of the space.
   */
  private static double rho(Sums[] sums, int[] counts, boolean parallel) {
    double seed = 0;
    double seedFreedom = 0;
    double real = 0;
    double realFreedom = 0;
    double total = 0;
    for (int c = 0; c < counts.length; c++) {
      seed += counts[c] * (parallel ? sums[c].seedParallel() : sums[c].seedPerpendicular());
      real += counts[c] * (parallel ? sums[c].realParallel() : sums[c].realPerpendicular());
      total += counts[c] * sums[c].realTotal();
      seedFreedom += counts[c] * sums[c].seedFreedom();
      realFreedom += counts[c] * sums[c].realFreedom();
    }
    return real <= EPS * total
        ? Double.NaN
        : seed / Math.max(seedFreedom, 1) / (real / Math.max(realFreedom, 1));
  }

  /** Squared deviations of one class's seeds and examples, all and within the subspace. */
  private record Sums(
      double seedParallel,
      double seedTotal,
      int seedFreedom,
      double realParallel,
      double realTotal,
      int realFreedom) {
    static Sums of(Group seeds, Group real, List<double[]> basis) {
      double[] ofSeeds = squares(seeds, basis);
      double[] ofReal = squares(real, basis);
      return new Sums(
          ofSeeds[0],
          ofSeeds[1],
          seeds.rows().size() - 1,
          ofReal[0],
          ofReal[1],
          real.rows().size() - 1);
    }

    double seedPerpendicular() {
      return seedTotal - seedParallel;
    }

    double realPerpendicular() {
      return realTotal - realParallel;
    }

    private static double[] squares(Group group, List<double[]> basis) {
      double parallel = 0;
      double total = 0;
      for (double[] row : group.rows()) {
        double[] deviation = minus(row, group.mean());
        total += dot(deviation, deviation);
        for (double[] direction : basis) {
          double along = dot(deviation, direction);
          parallel += along * along;
        }
      }
      return new double[] {parallel, total};
    }
  }

  private record Group(List<double[]> rows, double[] mean) {}

  private static List<Group> groups(double[][] rows, int[] labels, int[] classes) {
    List<Group> groups = new ArrayList<>();
    for (int number : classes) {
      List<double[]> members = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        if (labels[i] == number) {
          members.add(rows[i]);
        }
      }
      if (members.isEmpty()) {
        throw new IllegalArgumentException("class " + number + " has seeds but no examples");
      }
      groups.add(new Group(members, meanOf(members)));
    }
    return groups;
  }

  /** Orthonormal basis of the means about their mean (Gram and Schmidt, twice for accuracy). */
  private static List<double[]> between(List<double[]> means) {
    double[] centre = meanOf(means);
    List<double[]> basis = new ArrayList<>();
    for (double[] mean : means) {
      double[] direction = minus(mean, centre);
      double before = Math.sqrt(dot(direction, direction));
      for (int pass = 0; pass < 2; pass++) {
        for (double[] known : basis) {
          double along = dot(direction, known);
          for (int k = 0; k < direction.length; k++) {
            direction[k] -= along * known[k];
          }
        }
      }
      double length = Math.sqrt(dot(direction, direction));
      if (length > EPS * Math.max(before, EPS)) {
        for (int k = 0; k < direction.length; k++) {
          direction[k] /= length;
        }
        basis.add(direction);
      }
    }
    return basis;
  }

  private static double[][] rows(Tensor tensor) {
    int width = tensor.size(1);
    float[] values = tensor.floats();
    double[][] rows = new double[tensor.size(0)][width];
    for (int i = 0; i < values.length; i++) {
      rows[i / width][i % width] = values[i];
    }
    return rows;
  }

  private static double[] meanOf(List<double[]> rows) {
    double[] mean = new double[rows.get(0).length];
    for (double[] row : rows) {
      for (int k = 0; k < mean.length; k++) {
        mean[k] += row[k] / rows.size();
      }
    }
    return mean;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = a.clone();
    for (int k = 0; k < a.length; k++) {
      difference[k] -= b[k];
    }
    return difference;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int k = 0; k < a.length; k++) {
      sum += a[k] * b[k];
    }
    return sum;
  }

  private static double cosine(double[] a, double[] b) {
    return dot(a, b) / Math.max(Math.sqrt(dot(a, a) * dot(b, b)), EPS);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    return Math.sqrt(squares / Math.max(values.length - 1, 1));
  }
}
