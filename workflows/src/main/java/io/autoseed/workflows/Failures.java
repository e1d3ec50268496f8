package io.autoseed.workflows;

import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Arrays;

/**
 * Failures that no retry mends, or not many. Everything else an activity throws is taken for
 * trouble of the infrastructure and tried again until it passes.
 */
public final class Failures {
  /** Begins the type of every failure of ours. */
  public static final String PREFIX = "autoseed.";

  /** The run cannot go on with what it was given. */
  public static final String BAD_INPUT = PREFIX + "bad-input";

  /** Stored bytes are not what their digest says. */
  public static final String DIGEST_MISMATCH = PREFIX + "digest-mismatch";

  /** The worker had too little memory. */
  public static final String OUT_OF_MEMORY = PREFIX + "out-of-memory";

  /** Something that the run needs is refused, or is not where it should be. */
  public static final String UNAVAILABLE = PREFIX + "unavailable";

  /** The worker that was at it has died. */
  public static final String WORKER_DIED = PREFIX + "worker-died";

  /** The server takes a delay of zero for none given. */
  private static final Duration AT_ONCE = Duration.ofMillis(10);

  private Failures() {}

  /** Whether a workflow tries again, after a pause, what failed so ({@link Hardship}). */
  public static boolean mayPass(String type) {
    return Arrays.asList(Hardship.types()).contains(type);
  }

  /**
   * What a dead worker was at is tried again at once, as often as workers die.
   *
   * @param worker its process and machine
   */
  public static ApplicationFailure workerDied(String worker) {
    return ApplicationFailure.newBuilder()
        .setMessage("its worker " + worker + " died")
        .setType(WORKER_DIED)
        .setNextRetryDelay(AT_ONCE)
        .build();
  }

  /**
   * Too little memory now may be enough later, or elsewhere: tried again after a pause, but not for
   * ever ({@link Hardship}).
   *
   * @param message one line: what needed the memory, what to do
   */
  public static ApplicationFailure outOfMemory(String message, Throwable cause) {
    return ApplicationFailure.newBuilder()
        .setMessage(message)
        .setType(OUT_OF_MEMORY)
        .setCause(cause)
        .setNextRetryDelay(Hardship.OUT_OF_MEMORY.pause(1))
        .build();
  }

  /**
   * What is refused now may be granted once somebody has mended a right, a password or a folder:
   * waited for some minutes ({@link Hardship}).
   *
   * @param message one line: what was refused, where, why
   */
  public static ApplicationFailure unavailable(String message, Throwable cause) {
    return ApplicationFailure.newFailureWithCause(message, UNAVAILABLE, cause);
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
