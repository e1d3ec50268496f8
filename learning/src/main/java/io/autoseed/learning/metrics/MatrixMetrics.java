package io.autoseed.learning.metrics;

import java.util.List;

/**
 * The metrics that follow from an {@link AccuracyMatrix} alone. R[i][j] is the accuracy on task j
 * after task i, T the number of tasks; all values in percent or percentage points. A metric that
 * needs a cell that was not measured is {@link Measure.Absent} and names the cell.
 */
public final class MatrixMetrics {
  private final AccuracyMatrix r;
  private final int tasks;

  public MatrixMetrics(AccuracyMatrix matrix) {
    this.r = matrix;
    this.tasks = matrix.tasks();
  }

  /** Last: mean over j of R[T-1][j] (ZSCL, arXiv 2303.06628). */
  public Measure last() {
    Mean mean = new Mean();
    for (int j = 0; j < tasks; j++) {
      mean.add(tasks - 1, j);
    }
    return mean.measure("a task");
  }

  /** Avg, average incremental accuracy: mean over i of the mean over j <= i of R[i][j]. */
  public Measure averageIncremental() {
    Mean mean = new Mean();
    for (int i = 0; i < tasks; i++) {
      for (int j = 0; j <= i; j++) {
        mean.add(i, j, 1.0 / (i + 1));
      }
    }
    return mean.measure("a task");
  }

  /** Avg as MTIL prints it: mean over all i and j of R[i][j] (ZSCL, arXiv 2303.06628). */
  public Measure averageMtil() {
    Mean mean = new Mean();
    for (int i = 0; i < tasks; i++) {
      for (int j = 0; j < tasks; j++) {
        mean.add(i, j);
      }
    }
    return mean.measure("a task");
  }

  /** BWT: mean over j < T-1 of R[T-1][j] - R[j][j] (Lopez-Paz and Ranzato 2017). */
  public Measure backwardTransfer() {
    Mean mean = new Mean();
    for (int j = 0; j < tasks - 1; j++) {
      mean.addDifference(tasks - 1, j, j, j);
    }
    return mean.measure("two tasks");
  }

  /**
   * Forgetting: mean over j < T-1 of max over i of R[i][j] - R[T-1][j] (Chaudhry 2018). The max is
   * over all rows, the last included, so a task never counts below 0.
   */
  public Measure forgetting() {
    Mean mean = new Mean();
    for (int j = 0; j < tasks - 1; j++) {
      int best = 0;
      for (int i = 0; i < tasks; i++) {
        if (!r.measured(i, j)) {
          return missing(i, j);
        }
        best = r.at(i, j) > r.at(best, j) ? i : best;
      }
      mean.addDifference(best, j, tasks - 1, j);
    }
    return mean.measure("two tasks");
  }

  /** Transfer: mean over j >= 1 of the mean over i < j of R[i][j] (ZSCL, arXiv 2303.06628). */
  public Measure transfer() {
    Mean mean = new Mean();
    for (int j = 1; j < tasks; j++) {
      for (int i = 0; i < j; i++) {
        mean.add(i, j, 1.0 / j);
      }
    }
    return mean.measure("two tasks");
  }

  /**
   * Mean over i < T-1 of the mean over j > i of R[i][j]: what CI-Transfer (CGIL, arXiv 2407.15793)
   * is of a matrix whose predictions are over all classes of the sequence.
   */
  public Measure meanOfRowsToCome() {
    Mean mean = new Mean();
    for (int i = 0; i < tasks - 1; i++) {
      for (int j = i + 1; j < tasks; j++) {
        mean.add(i, j, 1.0 / (tasks - 1 - i));
      }
    }
    return mean.measure("two tasks");
  }

  /**
   * FWT: mean over j >= 1 of accuracies[j] - baseline[j], where accuracies[j] was measured before
   * any data of task j (Lopez-Paz and Ranzato 2017; the baseline names the variant). Entries may be
   * null; entry 0 is not read.
   */
  public static Measure forwardTransfer(List<Double> accuracies, List<Double> baseline) {
    double sum = 0;
    for (int j = 1; j < accuracies.size(); j++) {
      if (accuracies.get(j) == null || baseline.get(j) == null) {
        return new Measure.Absent("needs the accuracy on task " + j + " before it is learned");
      }
      sum += accuracies.get(j) - baseline.get(j);
    }
    return accuracies.size() < 2
        ? new Measure.Absent("needs two tasks")
        : new Measure.Value(sum / (accuracies.size() - 1));
  }

  private static Measure missing(int i, int j) {
    return new Measure.Absent("needs R[" + i + "][" + j + "], which was not measured");
  }

  /** A weighted mean that remembers the first missing cell. */
  private final class Mean {
    private double sum;
    private double weight;
    private Measure absent;

    void add(int i, int j) {
      add(i, j, 1);
    }

    void add(int i, int j, double share) {
      if (require(i, j)) {
        sum += share * r.at(i, j);
        weight += share;
      }
    }

    void addDifference(int i, int j, int minusI, int minusJ) {
      if (require(i, j) && require(minusI, minusJ)) {
        sum += r.at(i, j) - r.at(minusI, minusJ);
        weight++;
      }
    }

    private boolean require(int i, int j) {
      if (absent == null && !r.measured(i, j)) {
        absent = missing(i, j);
      }
      return absent == null;
    }

    Measure measure(String needed) {
      if (absent != null) {
        return absent;
      }
      return weight == 0 ? new Measure.Absent("needs " + needed) : new Measure.Value(sum / weight);
    }
  }
}
