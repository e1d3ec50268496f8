package io.autoseed.learning.metrics;

import java.util.List;

/**
 * R[i][j]: accuracy on task j's test set after task i, both from 0, in percent. Cells that were not
 * measured are null.
 *
 * @param cells T rows of T cells
 */
public record AccuracyMatrix(List<CellRow> cells) {
  public AccuracyMatrix {
    for (int i = 0; i < cells.size(); i++) {
      if (cells.get(i).size() != cells.size()) {
        throw new IllegalArgumentException(
            "an accuracy matrix is square: expected "
                + cells.size()
                + " cells in row "
                + i
                + ", found "
                + cells.get(i).size());
      }
    }
    cells = List.copyOf(cells);
  }

  /** The matrix of such rows, T of T cells. */
  public static AccuracyMatrix of(List<? extends List<Double>> rows) {
    return new AccuracyMatrix(rows.stream().map(CellRow::of).toList());
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
