package io.autoseed.workflows;

import io.temporal.failure.ApplicationFailure;

/**
 * Failures that no retry mends. Everything else an activity throws is taken for trouble of the
 * infrastructure and tried again until it passes.
 */
public final class Failures {
  /** The run cannot go on with what it was given. */
  public static final String BAD_INPUT = "autoseed.bad-input";

  /** Stored bytes are not what their digest says. */
  public static final String DIGEST_MISMATCH = "autoseed.digest-mismatch";

  private Failures() {}

  /**
   * @param message one line: expected, found, where, what to do
   */
  public static ApplicationFailure badInput(String message, Throwable cause) {
    return ApplicationFailure.newNonRetryableFailureWithCause(message, BAD_INPUT, cause);
  }

  /**
   * @param message one line: expected, found, where, what to do
   */
  public static ApplicationFailure digestMismatch(String message, Throwable cause) {
    return ApplicationFailure.newNonRetryableFailureWithCause(message, DIGEST_MISMATCH, cause);
  }
}
