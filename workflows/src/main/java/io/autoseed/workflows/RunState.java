package io.autoseed.workflows;

/** Where a run stands. */
public enum RunState {
  RUNNING,
  PAUSED,
  DONE,
  FAILED,
  CANCELLED
}
