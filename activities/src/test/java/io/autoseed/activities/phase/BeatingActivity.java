package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityCanceledException;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** An activity of a test under a {@link Pulse}, and what is heard of it. */
final class BeatingActivity implements AutoCloseable {
  /** At most one heartbeat in 0.8 of it reaches the server. */
  private static final Duration TIMEOUT = Duration.ofMillis(500);

  /** More than are under way when the activity learns that it is to stop. */
  private static final int BEATS = 4;

  private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();
  private final Semaphore beats = new Semaphore(0);

  /** What is performed. */
  @ActivityInterface
  public interface Working {
    @ActivityMethod
    void work();
  }

  /** Performs work as an activity; throws as its workflow would see it fail. */
  void perform(Consumer<Pulse> work) {
    environment.setActivityHeartbeatListener(Object.class, details -> beats.release());
    environment.registerActivitiesImplementations(
        (Working)
            () -> {
              try (Pulse pulse = Pulse.start(LoopProgress.NONE)) {
                work.accept(pulse);
              }
            });
    environment
        .newActivityStub(
            Working.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(5))
                .setHeartbeatTimeout(TIMEOUT)
                .build())
        .work();
  }

  /**
   * Whether an activity is heard of that is cancelled in the midst of some work, as long as that
   * lasts.
   *
   * @param work is handed the cancellation, to happen in its midst
   */
  static boolean isHeardOfDuring(BiConsumer<Pulse, Runnable> work) {
    AtomicBoolean heard = new AtomicBoolean();
    try (BeatingActivity activity = new BeatingActivity()) {
      assertThatThrownBy(
              () ->
                  activity.perform(
                      pulse -> {
                        work.accept(
                            pulse,
                            () -> {
                              activity.tellToStop(pulse);
                              heard.set(activity.isHeardOf());
                            });
                        pulse.check();
                      }))
          .isInstanceOf(CanceledFailure.class);
    }
    return heard.get();
  }

  /** Cancels the activity and returns when it has learned so. */
  void tellToStop(Pulse pulse) {
    environment.requestCancelActivity();
    while (!toldToStop(pulse)) {
      rest();
    }
  }

  private static boolean toldToStop(Pulse pulse) {
    try {
      pulse.check();
      return false;
    } catch (ActivityCanceledException e) {
      return true;
    }
  }

  private static void rest() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether several heartbeats more arrive. */
  boolean isHeardOf() {
    beats.drainPermits();
    return arrive(BEATS, Duration.ofMinutes(1));
  }

  /** Whether, after some that were under way, none arrives for longer than the timeout. */
  boolean fallsSilent() {
    for (int beat = 0; beat <= BEATS; beat++) {
      if (!arrive(1, TIMEOUT.multipliedBy(2))) {
        return true;
      }
    }
    return false;
  }

  private boolean arrive(int count, Duration patience) {
    try {
      return beats.tryAcquire(count, patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    environment.close();
  }
}
