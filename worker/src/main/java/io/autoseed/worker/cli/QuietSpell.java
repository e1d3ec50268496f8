package io.autoseed.worker.cli;

import io.autoseed.worker.process.Standstill;
import java.util.function.Supplier;

/** What is said while those who watch see nothing new: why, and in a line that stays what to do. */
final class QuietSpell {
  private final int looks;
  private final ProgressDisplay display;
  private Object seen;
  private int quietLooks;
  private Standstill why = Standstill.NONE;
  private String wayOut = "";

  /**
   * @param looks without anything new after which, and between which, it is asked why
   */
  QuietSpell(int looks, ProgressDisplay display) {
    this.looks = looks;
    this.display = display;
  }

  /**
   * Why nothing happens; {@link Standstill#NONE} as long as something does or nobody knows.
   *
   * @param now what a look saw: nothing has happened if it equals what the last one saw
   */
  Standstill after(Object now, Supplier<Standstill> question) {
    quietLooks = now.equals(seen) ? quietLooks + 1 : 0;
    seen = now;
    if (quietLooks == 0) {
      why = Standstill.NONE;
    } else if (quietLooks % looks == 0) {
      why = question.get();
      why.wayOut().ifPresent(this::sayWayOut);
    }
    return why;
  }

  /** Not again before there is something else to do. */
  private void sayWayOut(String line) {
    if (!line.equals(wayOut)) {
      display.line(line);
      wayOut = line;
    }
  }
}
