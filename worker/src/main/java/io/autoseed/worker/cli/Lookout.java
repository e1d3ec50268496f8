package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.CatalogException;
import io.temporal.client.WorkflowException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

  private static final int SPARING = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final ProgressDisplay display;
  private final InstantSource clock;
  private final Duration period;
  private final Pause pause;
  private final BooleanSupplier stackIsUp;

  /**
   * @param clock tells how long a look takes
   * @param period between two looks; if a look takes more than a tenth of it, ten times as long as
   *     it takes, ten seconds at most
   * @param stackIsUp whether the stack was not stopped
   */
  Lookout(
      ProgressDisplay display,
      InstantSource clock,
      Duration period,
      Pause pause,
      BooleanSupplier stackIsUp) {
    this.display = display;
    this.clock = clock;
    this.period = period;
    this.pause = pause;
    this.stackIsUp = stackIsUp;
  }

  /** On a stack that is there. */
  static Lookout on(Surroundings surroundings, ProgressDisplay display, Duration period) {
    return new Lookout(
        display,
        InstantSource.system(),
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
      Instant began = clock.instant();
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
        pause.sleep(silence == null ? spared(began) : period);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(
            "interrupted; the %s goes on: autoseed watch %s".formatted(kind, id), e);
      }
    }
  }

  /** The period; longer after a look that took long, or looking would be most of what is done. */
  private Duration spared(Instant began) {
    Duration pause = Duration.between(began, clock.instant()).multipliedBy(SPARING);
    if (pause.compareTo(period) < 0) {
      return period;
    }
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }
}
