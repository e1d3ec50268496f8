package io.autoseed.activities.phase;

import io.temporal.activity.Activity;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityCompletionFailureException;
import io.temporal.client.ActivityNotExistsException;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Heartbeats of one activity from a thread of their own, so that a long step is not taken for a
 * dead worker. They cease when the activity makes no progress for {@link #LONGEST_STEP}: a loop
 * that hangs is as dead as a process that ended. What the server answers (cancelled, unknown to it)
 * surfaces in the activity's own thread, at {@link #check}; that the worker ends, {@link Stopping}
 * tells.
 *
 * <p>An activity that is told to stop beats on while it {@linkplain #computing computes}, so that
 * the step under way is finished and saved before the server takes the activity for ended. While it
 * waits for a service it does not: whoever pauses or cancels a run waits for a step, but not for a
 * service that is away.
 */
final class Pulse implements AutoCloseable {
  static final Duration LONGEST_STEP = Duration.ofMinutes(30);
  private static final long INTERVAL_MILLIS = 500;

  private final ActivityExecutionContext context;
  private final AtomicReference<ActivityCompletionException> answer = new AtomicReference<>();
  private final Thread thread;
  private volatile Object details;
  private volatile long progressed = System.nanoTime();
  private volatile boolean computing;
  private final CountDownLatch ended = new CountDownLatch(1);

  private Pulse(ActivityExecutionContext context, Object details) {
    this.context = context;
    this.details = details;
    this.thread = new Thread(this::beat, "pulse " + context.getInfo().getActivityType());
    thread.setDaemon(true);
    thread.start();
  }

  /** Starts the heartbeats of the activity that this thread performs; it does not compute yet. */
  static Pulse start(Object details) {
    return new Pulse(Activity.getExecutionContext(), details);
  }

  /** Notes progress; {@code details} go with the next heartbeat. */
  void progress(Object details) {
    this.details = details;
    progressed = System.nanoTime();
  }

  /** Does work whose steps are to end whatever the server asks meanwhile. */
  <T> T computing(Supplier<T> work) {
    return during(true, work);
  }

  /** Makes a call to a service, in the midst of such work or outside of it. */
  <T> T waiting(Supplier<T> call) {
    return during(false, call);
  }

  private <T> T during(boolean now, Supplier<T> work) {
    boolean before = computing;
    computing = now;
    try {
      return work.get();
    } finally {
      computing = before;
    }
  }

  /**
   * @throws ActivityCompletionException if the activity should stop: it was cancelled, or another
   *     attempt has it
   */
  void check() {
    ActivityCompletionException found = answer.get();
    if (found != null) {
      throw found;
    }
  }

  /**
   * Like {@link #check()}, for work without checkpoints, and gives way also when the worker is told
   * to end; else notes progress.
   *
   * @throws ActivityCompletionException if the activity should stop
   * @throws ApplicationFailure if another worker should begin it afresh
   */
  void giveWay(Stopping stopping, Object details) {
    check();
    if (stopping.requested()) {
      throw Stopping.handOver();
    }
    progress(details);
  }

  /** The first beat comes after an interval: most activities are over by then and need none. */
  private void beat() {
    while (!endedWithinInterval()) {
      boolean left = answer.get() != null && !computing;
      if (!left && System.nanoTime() - progressed < LONGEST_STEP.toNanos()) {
        try {
          context.heartbeat(details);
        } catch (ActivityWorkerShutdownException e) {
          return;
        } catch (ActivityNotExistsException | ActivityCompletionFailureException e) {
          answer.set(e);
          return;
        } catch (ActivityCompletionException e) {
          answer.compareAndSet(null, e);
        }
      }
    }
  }

  private boolean endedWithinInterval() {
    try {
      return ended.await(INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true;
    }
  }

  /**
   * Lets a heartbeat that is under way finish: interrupting it would log a failure that is none.
   */
  @Override
  public void close() {
    ended.countDown();
  }
}
