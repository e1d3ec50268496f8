package io.autoseed.learning.metrics;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A row of an accuracy matrix: an unmodifiable list with an entry a task, in percent, null where
 * nothing was measured. It takes the memory of what was measured alone, for of thousands of tasks
 * few cells of a row are, and of most rows none.
 */
public final class CellRow extends AbstractList<Double> implements RandomAccess {
  private final int size;

  /** Tasks that were measured, ascending. */
  private final int[] tasks;

  /** What was measured on each of them. */
  private final double[] values;

  private CellRow(int size, SortedMap<Integer, Double> measured) {
    this.size = size;
    this.tasks = measured.keySet().stream().mapToInt(Integer::intValue).toArray();
    this.values = measured.values().stream().mapToDouble(Double::doubleValue).toArray();
  }

  private CellRow(int size, int[] tasks, double[] values) {
    this.size = size;
    this.tasks = tasks;
    this.values = values;
  }

  /**
   * A row of what was measured.
   *
   * @param size entries of the row
   * @param measured accuracies in percent by task, 0 to size - 1
   */
  public static CellRow of(int size, Map<Integer, Double> measured) {
    SortedMap<Integer, Double> sorted = new TreeMap<>(measured);
    if (!sorted.isEmpty() && (sorted.firstKey() < 0 || sorted.lastKey() >= size)) {
      throw new IllegalArgumentException(
          "a row of " + size + " tasks has no cells of tasks " + sorted.keySet());
    }
    return new CellRow(size, sorted);
  }

  /** The same row, its null entries included. */
  public static CellRow of(List<Double> row) {
    if (row instanceof CellRow cells) {
      return cells;
    }
    SortedMap<Integer, Double> measured = new TreeMap<>();
    int task = 0;
    for (Double cell : row) {
      if (cell != null) {
        measured.put(task, cell);
      }
      task++;
    }
    return new CellRow(task, measured);
  }

  /** Accuracies in percent by task, ascending, of those that were measured. */
  public SortedMap<Integer, Double> measured() {
    SortedMap<Integer, Double> measured = new TreeMap<>();
    for (int k = 0; k < tasks.length; k++) {
      measured.put(tasks[k], values[k]);
    }
    return measured;
  }

  /** The first entries of this row; null behind its end. */
  public CellRow resized(int newSize) {
    int kept = (int) Arrays.stream(tasks).takeWhile(task -> task < newSize).count();
    return new CellRow(newSize, Arrays.copyOf(tasks, kept), Arrays.copyOf(values, kept));
  }

  @Override
  public Double get(int task) {
    if (task < 0 || task >= size) {
      throw new IndexOutOfBoundsException("no task " + task + " in a row of " + size);
    }
    int found = Arrays.binarySearch(tasks, task);
    return found < 0 ? null : (Double) values[found];
  }

  @Override
  public int size() {
    return size;
  }
}
