package io.autoseed.workflows;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;

/**
 * Failures that no retry mends, or not many. Everything else an activity throws is taken for
 * trouble of the infrastructure and tried again until it passes.
 */
public final class Failures {
  /** The run cannot go on with what it was given. */
  public static final String BAD_INPUT = "autoseed.bad-input";

  /** Stored bytes are not what their digest says. */
  public static final String DIGEST_MISMATCH = "autoseed.digest-mismatch";

  /** The worker had too little memory, again and again. */
  public static final String OUT_OF_MEMORY = "autoseed.out-of-memory";

  private static final Duration MEMORY_PAUSE = Duration.ofSeconds(10);
  private static final int MEMORY_ATTEMPTS = 5;

  private Failures() {}

  /**
   * Too little memory now may be enough later: tried again after a pause, but not for ever.
   *
   * @param message one line: what needed the memory, what to do
   * @param attempt the attempt that failed, from 1
   */
  public static ApplicationFailure outOfMemory(String message, int attempt, Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(OUT_OF_MEMORY)
        .setCause(cause)
        .setNonRetryable(attempt >= MEMORY_ATTEMPTS)
        .setNextRetryDelay(MEMORY_PAUSE)
        .build();
  }

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
