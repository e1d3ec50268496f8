package io.autoseed.activities.phase;

import io.temporal.failure.ApplicationErrorCategory;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Whether this worker process is about to end: phases then save a checkpoint and hand over. */
public final class Stopping {
  private final AtomicBoolean requested = new AtomicBoolean();

  public void request() {
    requested.set(true);
  }

  boolean requested() {
    return requested.get();
  }

  /** The failure with which a phase goes to another worker at once. */
  static ApplicationFailure handOver() {
    return ApplicationFailure.newBuilder()
        .setMessage(
            "the worker was told to end; the phase goes on elsewhere, from its checkpoint if it has one")
        .setType("autoseed.hand-over")
        .setCategory(ApplicationErrorCategory.BENIGN)
        .setNextRetryDelay(Duration.ofMillis(50))
        .build();
  }
}
