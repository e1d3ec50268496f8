package io.autoseed.learning.metrics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * R[i][j]: accuracy on task j's test set after task i, both from 0, in percent. Cells that were not
 * measured are null.
 *
 * @param cells T rows of T cells
 */
public record AccuracyMatrix(List<List<Double>> cells) {
  public AccuracyMatrix {
    List<List<Double>> copy = new ArrayList<>();
    for (List<Double> row : cells) {
      if (row.size() != cells.size()) {
        throw new IllegalArgumentException(
            "an accuracy matrix is square: expected "
                + cells.size()
                + " cells in row "
                + copy.size()
                + ", found "
                + row.size());
      }
      copy.add(copyOfRow(row));
    }
    cells = List.copyOf(copy);
  }

  /** An unmodifiable copy of one row, its null cells included. */
  public static List<Double> copyOfRow(List<Double> row) {
    return Collections.unmodifiableList(new ArrayList<>(row));
  }

  /** T, the number of tasks. */
  public int tasks() {
    return cells.size();
  }

  /** Whether R[i][j] was measured. */
  public boolean measured(int i, int j) {
    return cells.get(i).get(j) != null;
  }

  /** R[i][j] in percent; an error if it was not measured. */
  public double at(int i, int j) {
    Double cell = cells.get(i).get(j);
    if (cell == null) {
      throw new IllegalStateException("R[" + i + "][" + j + "] was not measured");
    }
    return cell;
  }
}
