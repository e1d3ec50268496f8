package io.autoseed.activities.catalog;

import io.autoseed.workflows.Phase;

/** A newer attempt holds the phase: this one must stop and write nothing more. */
public final class StaleTokenException extends CatalogException {
  StaleTokenException(String run, int task, Phase phase, long token) {
    super(
        "attempt "
            + token
            + " at "
            + phase
            + " of task "
            + task
            + " of run "
            + run
            + " was overtaken by a newer attempt; its rows were refused");
  }
}
