package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.CatalogException;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Looks again and again at what goes on in a stack until it has ended. A service that does not
 * answer is waited for, unless the stack was stopped.
 */
final class Lookout {
  /** Waits; a test need not. */
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  /** Looks at a run of thousands of tasks would else be most of what its catalog does. */
  private static final int SPARING = 10;

  private final ProgressDisplay display;
  private final Duration period;
  private final Pause pause;
  private final BooleanSupplier stackIsUp;

  /**
   * @param period between two looks, or ten times as long as a look takes if that is longer
   * @param stackIsUp whether the stack was not stopped
   */
  Lookout(ProgressDisplay display, Duration period, Pause pause, BooleanSupplier stackIsUp) {
    this.display = display;
    this.period = period;
    this.pause = pause;
    this.stackIsUp = stackIsUp;
  }

  /** On a stack that is there. */
  static Lookout on(Surroundings surroundings, ProgressDisplay display, Duration period) {
    return new Lookout(
        display,
        period,
        time -> Thread.sleep(time.toMillis()),
        () -> surroundings.stack().isAskedFor());
  }

  /**
   * Returns once a look says that it has ended.
   *
   * @param kind {@code run} or {@code study}
   * @param id of what is looked at
   * @throws CommandFailure if the stack was stopped or the thread is interrupted, with how to go on
   */
  void until(BooleanSupplier ended, String kind, String id) {
    while (true) {
      long began = System.nanoTime();
      RuntimeException silence = null;
      try {
        if (ended.getAsBoolean()) {
          return;
        }
      } catch (CatalogException | WorkflowException e) {
        silence = e;
      }
      if (!stackIsUp.getAsBoolean()) {
        throw new CommandFailure(
            "the stack went down; the %s goes on after autoseed up, then autoseed watch %s"
                .formatted(kind, id),
            silence);
      }
      if (silence != null) {
        display.show(
            "waiting for " + (silence instanceof CatalogException ? "the catalog" : "Temporal"));
      }
      try {
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        pause.sleep(
            took.multipliedBy(SPARING).compareTo(period) > 0 ? took.multipliedBy(SPARING) : period);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(
            "interrupted; the %s goes on: autoseed watch %s".formatted(kind, id), e);
      }
    }
  }
}
