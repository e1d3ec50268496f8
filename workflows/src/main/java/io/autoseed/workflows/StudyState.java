package io.autoseed.workflows;

/** Where a study stands. */
public enum StudyState {
  RUNNING,
  /** Every run has ended, whether done or failed. */
  DONE,
  /** Every run that was asked for has ended; others are left for later. */
  PARTLY_DONE,
  /** Ended with runs left to do: cancelled, or too long. */
  STOPPED,
  /** Ended without a report, which could not be written. */
  FAILED
}
