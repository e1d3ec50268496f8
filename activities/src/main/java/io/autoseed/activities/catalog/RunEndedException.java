package io.autoseed.activities.catalog;

import io.autoseed.workflows.Phase;

/** The run was cancelled or failed before this attempt committed: its outcome counts no more. */
public final class RunEndedException extends CatalogException {
  public RunEndedException(String run, int task, Phase phase) {
    super(
        phase
            + " of task "
            + task
            + " of run "
            + run
            + " was to be committed after the run had ended; it was refused");
  }
}
