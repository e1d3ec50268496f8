package io.autoseed.worker.chaos;

import io.autoseed.workflows.RunState;
import java.util.Set;

/**
 * What the catalog says of a run.
 *
 * @param state {@code SUBMITTED} or a {@link RunState}
 * @param commits {@code task/PHASE} of every committed phase
 * @param tokens {@code task/PHASE/attempt} of the newest attempt at every phase that was begun
 * @param delivered rows that MLflow has been told
 * @param undelivered rows that it has not been told yet
 */
record Rows(
    String state, Set<String> commits, Set<String> tokens, long delivered, long undelivered) {
  static final Rows NONE = new Rows("SUBMITTED", Set.of(), Set.of(), 0, 0);

  Rows {
    commits = Set.copyOf(commits);
    tokens = Set.copyOf(tokens);
  }

  boolean ended() {
    return RunState.isEnd(state);
  }
}
