package io.autoseed.learning.evaluation;

import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.BitSet;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Which cells of the accuracy matrix are measured. {@code all}: every cell up to 200 tasks; in
 * longer sequences the last row whole, and of every other row the 20 tasks before and the 20 after
 * its own plus a fixed sample of 50, so that a row costs the same however many tasks there are.
 * {@code every N}: whole rows N-1, 2N-1, ... and the last. {@code last K}: the last K rows, whole.
 */
public final class EvaluationPlan {
  static final int WHOLE_UP_TO = 200;
  static final int NEAREST = 20;
  static final int SAMPLE = 50;

  private final EvaluationRows rows;
  private final int tasks;
  private final BitSet sample;

  /**
   * @param tasks number of tasks of the sequence
   */
  public EvaluationPlan(EvaluationRows rows, int tasks) {
    if (rows.kind() != EvaluationRows.Kind.ALL && rows.count() < 1) {
      throw new IllegalArgumentException(
          "evaluation rows: expected a positive count, found " + rows.count());
    }
    this.rows = rows;
    this.tasks = tasks;
    this.sample = sampled() ? sample(tasks) : new BitSet();
  }

  /** Whether anything of row {@code i} is measured. */
  public boolean measuresRow(int i) {
    if (rows.kind() == EvaluationRows.Kind.EVERY) {
      return (i + 1) % rows.count() == 0 || i == tasks - 1;
    }
    return rows.kind() != EvaluationRows.Kind.LAST || i >= tasks - rows.count();
  }

  /** Whether R[i][j] is measured. */
  public boolean measures(int i, int j) {
    return measuresRow(i) && (wholeRow(i) || Math.abs(i - j) <= NEAREST || sample.get(j));
  }

  /** Whether every cell of row {@code i} is measured. */
  public boolean wholeRow(int i) {
    return measuresRow(i) && (!sampled() || i == tasks - 1);
  }

  /** The tasks whose features row {@code i} reads. */
  public int[] tasksRead(int i) {
    return IntStream.range(0, tasks).filter(j -> measures(i, j)).toArray();
  }

  private boolean sampled() {
    return rows.kind() == EvaluationRows.Kind.ALL && tasks > WHOLE_UP_TO;
  }

  /** The 50 tasks with the smallest draws, each from its own stream: appending moves few. */
  private static BitSet sample(int tasks) {
    double[] draws =
        IntStream.range(0, tasks)
            .mapToDouble(j -> CounterRandom.of(0, j, "evaluation/sample", 0).nextDouble())
            .toArray();
    BitSet chosen = new BitSet(tasks);
    IntStream.range(0, tasks)
        .boxed()
        .sorted(Comparator.comparingDouble(j -> draws[j]))
        .limit(SAMPLE)
        .forEach(chosen::set);
    return chosen;
  }
}
