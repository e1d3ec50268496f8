package io.autoseed.activities.store;

import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.errors.ServerException;
import java.io.IOException;
import java.time.Duration;

/**
 * Repeats a call to the store while its failure may pass: a lost connection, a timeout, 429 or a
 * 5xx. Waits between tries double from {@code firstWait} up to two seconds.
 *
 * @param tries at most, at least 1
 * @param longest after which no try begins any more: tries that wait in vain take long themselves
 */
record Retries(int tries, Duration firstWait, Duration longest) {
  private static final long LONGEST_WAIT_MILLIS = 2000;

  /**
   * About ten seconds in all of a store that errs: one that was killed is back by then. Of one that
   * does not answer the first try takes all the time.
   */
  static final Retries DEFAULT = new Retries(9, Duration.ofMillis(100), ArtifactStore.PATIENCE);

  /** For who decides for himself whether to ask again. */
  static final Retries NONE = new Retries(1, Duration.ZERO, Duration.ZERO);

  @FunctionalInterface
  interface Call<T> {
    T once() throws MinioException, IOException;
  }

  /** Runs {@code call}; {@code what} and {@code where} start the one error message. */
  <T> T run(String what, Object where, Call<T> call) {
    long began = System.nanoTime();
    long wait = firstWait.toMillis();
    for (int attempt = 1; ; attempt++) {
      try {
        return call.once();
      } catch (MinioException | IOException e) {
        requireMayPass(e, what, where, attempt, began);
      } catch (IllegalStateException e) {
        // The client's blocking calls wrap a lost connection so.
        if (!(e.getCause() instanceof IOException lost)) {
          throw e;
        }
        requireMayPass(lost, what, where, attempt, began);
      }
      pause(wait, what);
      wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
    }
  }

  private void requireMayPass(Exception e, String what, Object where, int attempt, long began) {
    if (!mayPass(e)) {
      throw new StoreRefusedException(what + " at " + where + " was refused: " + reason(e), e);
    }
    Duration spent = Duration.ofNanos(System.nanoTime() - began);
    if (attempt == tries || spent.compareTo(longest) >= 0) {
      throw new StoreException(
          what
              + " at "
              + where
              + (attempt == 1 ? " failed" : " failed " + attempt + " times")
              + (spent.toSeconds() == 0 ? ": " : " in " + spent.toSeconds() + " s: ")
              + reason(e)
              + "; is the store up (autoseed status)? has its disk room?",
          e);
    }
  }

  private static void pause(long millis, String what) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(what + " was interrupted", e);
    }
  }

  static boolean mayPass(Exception e) {
    if (e instanceof ErrorResponseException answered) {
      int status = answered.response() == null ? 0 : answered.response().code();
      return status >= 500 || status == 429 || answered.errorResponse().code().equals("SlowDown");
    }
    if (e instanceof ServerException server) {
      return server.statusCode() >= 500 || server.statusCode() == 429;
    }
    return e instanceof IOException || e.getCause() instanceof IOException;
  }

  /** What was wrong at the root, in a few words. */
  static String reason(Throwable e) {
    if (e instanceof ErrorResponseException answered) {
      return answered.errorResponse().code() + ", " + answered.errorResponse().message();
    }
    Throwable cause = e;
    while (cause.getCause() != null && cause.getCause() != cause) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName() + ": " + cause.getMessage();
  }
}
