package io.autoseed.worker.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Shows how far a command is: one line drawn again and again on a terminal, elsewhere a plain line
 * when something new has begun, at most one every five seconds, and each minute if it has steps.
 */
final class ProgressDisplay implements AutoCloseable {
  private static final int BAR_CELLS = 24;
  private static final Duration PLAIN_PERIOD = Duration.ofSeconds(5);
  private static final Duration STEPS_PERIOD = Duration.ofMinutes(1);

  private final Terminal terminal;
  private final InstantSource clock;
  private final Instant start;
  private Instant quietUntil = Instant.MIN;
  private String lastText = "";
  private String lastSteps = "";
  private Instant stepsQuietUntil = Instant.MIN;
  private boolean drawn;

  ProgressDisplay(Terminal terminal, InstantSource clock) {
    this.terminal = terminal;
    this.clock = clock;
    this.start = clock.instant();
  }

  /** Shows that {@code what} is going on, without saying how much of it is done. */
  void show(String what) {
    if (terminal.live()) {
      redraw(what + "  " + elapsed());
    } else {
      plain(what, "", what);
    }
  }

  /**
   * Shows how much is done.
   *
   * @param fraction done so far, in [0, 1]
   * @param what is going on now
   */
  void show(double fraction, String what) {
    show(fraction, what, "");
  }

  /**
   * Shows how much is done.
   *
   * @param fraction done so far, in [0, 1]
   * @param what is going on now
   * @param steps how far that is, which changes all the time; empty if nobody knows
   */
  void show(double fraction, String what, String steps) {
    double done = Math.min(1, Math.max(0, fraction));
    int percent = (int) Math.floor(100 * done);
    if (terminal.live()) {
      int full = (int) Math.floor(done * BAR_CELLS);
      String bar = "█".repeat(full) + "░".repeat(BAR_CELLS - full);
      redraw("%s %3d%%  %s%s  %s".formatted(bar, percent, what, steps, elapsed()));
    } else {
      plain(what, steps, "%3d%%  %s%s".formatted(percent, what, steps));
    }
  }

  /** A line that stays. */
  void line(String text) {
    clear();
    terminal.say(text);
  }

  @Override
  public void close() {
    clear();
  }

  private void redraw(String text) {
    int width = Math.max(20, terminal.columns() - 1);
    String line = text.length() > width ? text.substring(0, width - 1) + "…" : text;
    terminal.err().print("\r\033[K" + line);
    terminal.err().flush();
    drawn = true;
  }

  private void plain(String key, String steps, String text) {
    Instant now = clock.instant();
    boolean stepped =
        !steps.isEmpty() && !steps.equals(lastSteps) && !now.isBefore(stepsQuietUntil);
    if (now.isBefore(quietUntil) || (key.equals(lastText) && !stepped)) {
      return;
    }
    quietUntil = now.plus(PLAIN_PERIOD);
    stepsQuietUntil = now.plus(STEPS_PERIOD);
    lastText = key;
    lastSteps = steps;
    terminal.say(text);
  }

  private void clear() {
    if (drawn) {
      terminal.err().print("\r\033[K");
      terminal.err().flush();
      drawn = false;
    }
  }

  private String elapsed() {
    long seconds = Duration.between(start, clock.instant()).toSeconds();
    return "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
