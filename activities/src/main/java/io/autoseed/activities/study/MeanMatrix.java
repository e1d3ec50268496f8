package io.autoseed.activities.study;

import java.util.ArrayList;
import java.util.List;

/**
 * The mean of accuracy matrices, cell by cell: a task's place stands for it, for every class order
 * has other tasks. It has as many rows as the shortest; a cell that one of them lacks is null.
 */
final class MeanMatrix {
  private List<List<Double>> sum = List.of();
  private int matrices;

  /**
   * Counts a matrix.
   *
   * @param matrix R[i][j] in percent by places i and j in the sequence
   */
  void add(List<List<Double>> matrix) {
    int rows = matrices == 0 ? matrix.size() : Math.min(sum.size(), matrix.size());
    List<List<Double>> next = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      next.add(matrices == 0 ? new ArrayList<>(matrix.get(i)) : added(sum.get(i), matrix.get(i)));
    }
    sum = next;
    matrices++;
  }

  private static List<Double> added(List<Double> some, List<Double> more) {
    List<Double> both = new ArrayList<>();
    for (int j = 0; j < some.size(); j++) {
      both.add(some.get(j) == null || more.get(j) == null ? null : some.get(j) + more.get(j));
    }
    return both;
  }

  /** How many it is the mean of. */
  int matrices() {
    return matrices;
  }

  /** No rows if there is no matrix. */
  List<List<Double>> mean() {
    List<List<Double>> mean = new ArrayList<>();
    for (List<Double> row : sum) {
      List<Double> cells = new ArrayList<>();
      for (Double cell : row) {
        cells.add(cell == null ? null : cell / matrices);
      }
      mean.add(cells);
    }
    return mean;
  }
}
