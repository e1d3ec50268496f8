package io.autoseed.activities.catalog;

/**
 * Which MLflow run stands for a run ({@code task} {@link #WHOLE}) or one of its tasks.
 *
 * @param artifactUri where MLflow looks for the MLflow run's artifacts
 */
public record TrackedRun(
    String run, int task, String mlflowRun, String experiment, String artifactUri) {
  /** In place of a task's index: the run itself. */
  public static final int WHOLE = -1;
}
