package io.autoseed.activities.store;

/**
 * One cell of an accuracy matrix. A cell that was not measured has no record.
 *
 * @param setting {@link #HEADLINE}, {@code task-incremental}, {@code zero-shot}, ...
 * @param afterTask index of the task after which it was measured; -1 before any
 * @param onTask index of the task whose test set was used
 * @param value in percent, in [0, 100]
 */
public record AccuracyCell(String setting, int afterTask, int onTask, double value) {
  /** The setting that reports show: the prediction is the argmax over all classes seen. */
  public static final String HEADLINE = "class-incremental";
}
