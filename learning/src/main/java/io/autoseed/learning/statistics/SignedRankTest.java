package io.autoseed.learning.statistics;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945), exact and two-sided: given the
 * sizes of the differences, every choice of their signs is equally likely if there is no effect.
 * Equal sizes share the mean of their ranks; differences of zero are left out, as Wilcoxon did.
 * Differences are rounded to 1e-9 first: 0.3 and 0.1 + 0.2 are equal.
 */
public final class SignedRankTest {
  private static final double STEPS = 1e9;

  private SignedRankTest() {}

  /**
   * The probability, without an effect, of a sum of ranks at least as far from its mean as that of
   * these differences; 1 if all are zero.
   */
  public static double pValue(double... differences) {
    double[] counted = counted(Arrays.stream(differences)).toArray();
    int[] ranks = doubledRanks(counted);
    int total = Arrays.stream(ranks).sum();
    int positive =
        IntStream.range(0, ranks.length).filter(i -> counted[i] > 0).map(i -> ranks[i]).sum();
    int distance = Math.abs(2 * positive - total);
    double[] ways = waysToReach(ranks, total);
    double asFar = 0;
    for (int sum = 0; sum <= total; sum++) {
      if (Math.abs(2 * sum - total) >= distance) {
        asFar += ways[sum];
      }
    }
    return Math.min(1, asFar);
  }

  /** How many of the differences the test counts: those that are not zero. */
  static int differing(List<Double> differences) {
    return (int) counted(differences.stream().mapToDouble(d -> d)).count();
  }

  private static DoubleStream counted(DoubleStream differences) {
    return differences.map(d -> Math.rint(d * STEPS)).filter(d -> d != 0);
  }

  /** The smallest p value that {@code pairs} differences can reach: all of one sign. */
  public static double smallest(int pairs) {
    return Math.min(1, Math.scalb(2.0, -pairs));
  }

  /** Twice the rank of each size from the smallest, whole also where equal sizes share ranks. */
  private static int[] doubledRanks(double[] differences) {
    double[] sizes = Arrays.stream(differences).map(Math::abs).toArray();
    int[] ranks = new int[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      for (double other : sizes) {
        ranks[i] += other < sizes[i] ? 2 : other == sizes[i] ? 1 : 0;
      }
      ranks[i]++;
    }
    return ranks;
  }

  /** Entry s: the share of all choices of signs whose positive ranks sum to s. */
  private static double[] waysToReach(int[] ranks, int total) {
    double[] ways = new double[total + 1];
    ways[0] = 1;
    int reached = 0;
    for (int rank : ranks) {
      reached += rank;
      for (int sum = reached; sum >= 0; sum--) {
        ways[sum] = (ways[sum] + (sum >= rank ? ways[sum - rank] : 0)) / 2;
      }
    }
    return ways;
  }
}
