package io.autoseed.learning.metrics;

import io.autoseed.learning.statistics.Bootstrap;
import io.autoseed.learning.statistics.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * {@link Bootstrap} intervals over the tasks of one sequence: the metric is computed of the tasks
 * drawn, each as often as it was drawn. It says how much a metric hangs on which tasks are in the
 * sequence; it says nothing of other orders or random seeds.
 */
public final class TaskBootstrap {
  private static final String TASKS = "tasks";

  private TaskBootstrap() {}

  /** What can be estimated; the definitions are those of {@link MatrixMetrics}. */
  public enum Metric {
    LAST,
    AVG,
    BWT,
    FORGETTING,
    TRANSFER
  }

  /** The metric with its interval; empty if it needs a cell that was not measured. */
  public static Optional<Estimate> estimate(Metric metric, AccuracyMatrix r) {
    return complete(metric, r)
        ? Bootstrap.estimate(TASKS, r.tasks(), counts -> value(metric, r, counts))
        : Optional.empty();
  }

  /**
   * The metric of {@code r} minus that of {@code other}, the same tasks drawn in both.
   *
   * @throws IllegalArgumentException if the two have not the same number of tasks
   */
  public static Optional<Estimate> difference(
      Metric metric, AccuracyMatrix r, AccuracyMatrix other) {
    requirePaired(r.tasks(), other.tasks());
    return complete(metric, r) && complete(metric, other)
        ? Bootstrap.estimate(
            TASKS, r.tasks(), counts -> value(metric, r, counts) - value(metric, other, counts))
        : Optional.empty();
  }

  /**
   * The mean of one value a task, such as the differences that FWT is the mean of.
   *
   * @param ofTask entry j: task j's value, in percentage points; null for a task that does not
   *     count
   */
  public static Optional<Estimate> mean(List<Double> ofTask) {
    return Bootstrap.mean(TASKS, ofTask);
  }

  /**
   * The mean of one value a task minus that of {@code other}, the same tasks drawn in both.
   *
   * @throws IllegalArgumentException if the two have not the same number of tasks
   */
  public static Optional<Estimate> difference(List<Double> ofTask, List<Double> other) {
    requirePaired(ofTask.size(), other.size());
    return Bootstrap.estimate(
        TASKS,
        ofTask.size(),
        counts -> Bootstrap.mean(counts, ofTask) - Bootstrap.mean(counts, other));
  }

  private static void requirePaired(int tasks, int others) {
    if (tasks != others) {
      throw new IllegalArgumentException(
          "paired tasks expected, found " + tasks + " and " + others);
    }
  }

  /** The metric of tasks that are there counts[j] times each; NaN if none of them counts. */
  private static double value(Metric metric, AccuracyMatrix r, int[] counts) {
    int last = r.tasks() - 1;
    return switch (metric) {
      case LAST -> mean(counts, 0, r.tasks(), j -> r.at(last, j));
      case AVG -> average(r, counts);
      case BWT -> mean(counts, 0, last, j -> r.at(last, j) - r.at(j, j));
      case FORGETTING -> mean(counts, 0, last, j -> best(r, j) - r.at(last, j));
      case TRANSFER -> mean(counts, 1, r.tasks(), j -> before(r, j));
    };
  }

  /** Mean over the rows i that have seen a task drawn of the mean over these tasks. */
  private static double average(AccuracyMatrix r, int[] counts) {
    double sum = 0;
    int rows = 0;
    for (int i = 0; i < r.tasks(); i++) {
      int row = i;
      double mean = mean(counts, 0, i + 1, j -> r.at(row, j));
      if (!Double.isNaN(mean)) {
        sum += mean;
        rows++;
      }
    }
    return sum / rows;
  }

  private static double best(AccuracyMatrix r, int j) {
    return IntStream.range(0, r.tasks()).mapToDouble(i -> r.at(i, j)).max().orElseThrow();
  }

  private static double before(AccuracyMatrix r, int j) {
    return IntStream.range(0, j).mapToDouble(i -> r.at(i, j)).average().orElseThrow();
  }

  private static double mean(int[] counts, int from, int to, IntToDoubleFunction ofTask) {
    double sum = 0;
    int weight = 0;
    for (int j = from; j < to; j++) {
      if (counts[j] > 0) {
        sum += counts[j] * ofTask.applyAsDouble(j);
        weight += counts[j];
      }
    }
    return sum / weight;
  }

  private static boolean complete(Metric metric, AccuracyMatrix r) {
    int last = r.tasks() - 1;
    for (int i = 0; i <= last; i++) {
      for (int j = 0; j <= last; j++) {
        boolean needed =
            switch (metric) {
              case LAST -> i == last;
              case AVG -> j <= i;
              case BWT -> j < last && (i == last || i == j);
              case FORGETTING -> j < last;
              case TRANSFER -> j > i;
            };
        if (needed && !r.measured(i, j)) {
          return false;
        }
      }
    }
    return true;
  }
}
