package io.autoseed.workflows;

import java.util.Set;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  PAUSED,
  DONE,
  FAILED,
  CANCELLED;

  private static final Set<String> ENDS = Set.of(DONE.name(), FAILED.name(), CANCELLED.name());

  /** Whether that is the name of a state in which a run has ended. */
  public static boolean isEnd(String state) {
    return ENDS.contains(state);
  }
}
