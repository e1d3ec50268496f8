package io.autoseed.workflows;

import io.temporal.activity.Activity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What activities do while a test looks at their workflow. */
final class ActivityWork {
  private ActivityWork() {}

  /** Heartbeats as a training loop does, until told to stop. */
  static void stepUntilCancelled() {
    try {
      for (int step = 0; step < 2000; step++) {
        Activity.getExecutionContext().heartbeat(step);
        Thread.sleep(10);
      }
      throw new IllegalStateException("was not cancelled within 20 s");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the test lets it go on. */
  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the test did not let the activity go on");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
