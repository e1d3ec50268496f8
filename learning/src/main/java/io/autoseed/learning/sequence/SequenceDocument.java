package io.autoseed.learning.sequence;

import java.util.List;
import java.util.SortedMap;

/**
 * A checked sequence with everything resolved: what is submitted, immutable, named by the SHA-256
 * of its canonical JSON ({@link CanonicalJson}). It holds no path, time or host; tasks are named by
 * the digests of their own documents, so that a phase reads only what it needs.
 *
 * @param model {@code builtin}
 * @param strategy the strategy's name
 * @param settings the strategy's settings, complete and checked
 * @param tasks SHA-256 of each {@link TaskDocument}, in order
 * @param parent digest of the revision this one appends to, or null
 */
public record SequenceDocument(
    String name,
    String model,
    String strategy,
    SortedMap<String, Object> settings,
    long randomSeed,
    EvaluationRows evaluation,
    List<String> tasks,
    String parent) {
  /** A longer sequence that does not say which rows it wants measured has some measured only. */
  public static final int ALL_ROWS_UP_TO = 200;

  /**
   * Which rows of the accuracy matrix are measured: the {@code evaluation: {rows: ...}} key. The
   * row after the last task always is.
   *
   * @param count N of EVERY (rows N, 2N, ...), K of LAST (the last K rows), the number of rows
   *     spread evenly before the last 20 in SPREAD; 0 for ALL
   */
  public record EvaluationRows(Kind kind, int count) {
    private static final int LAST_ROWS_OF_SPREAD = 20;

    public enum Kind {
      ALL,
      EVERY,
      LAST,
      SPREAD
    }

    /**
     * Whether the row after task {@code task} is measured.
     *
     * @param task from 0
     * @param taskCount tasks of the whole sequence
     */
    public boolean measures(int task, int taskCount) {
      if (task == taskCount - 1) {
        return true;
      }
      return switch (kind) {
        case ALL -> true;
        case EVERY -> (task + 1) % count == 0;
        case LAST -> task >= taskCount - count;
        case SPREAD -> task >= taskCount - LAST_ROWS_OF_SPREAD || spread(task, taskCount);
      };
    }

    private boolean spread(int task, int taskCount) {
      long before = (long) taskCount - LAST_ROWS_OF_SPREAD;
      return task * (long) count / before != (task + 1) * (long) count / before;
    }
  }
}
