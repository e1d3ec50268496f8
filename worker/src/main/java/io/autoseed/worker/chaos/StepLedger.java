package io.autoseed.worker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Counts the training steps that were done more than once: how far an attempt was when it was cut
 * short, less where the next one went on.
 *
 * <p>How far it was is its last heartbeat (one a second) and, if its worker was killed, the steps
 * that its speed so far lets expect until the kill.
 */
final class StepLedger {
  /** Steps done by one attempt as far as is known. */
  private static final class Known {
    final Work first;
    Work last;
    double reached;
    int checkpointed; // steps in the newest checkpoint when it was killed
    boolean settled; // whether the steps it did again are counted

    Known(Work work) {
      this.first = work;
      this.last = work;
      this.reached = work.step();
    }

    /** Steps a second between its first and last heartbeat; 0 if unknown. */
    double speed() {
      double seconds = seconds(first.heartbeat(), last.heartbeat());
      return seconds > 0 ? Math.max(0, (last.step() - first.step()) / seconds) : 0;
    }
  }

  private final Map<String, Known> attempts = new HashMap<>();
  private final Map<String, Known> cutShort = new HashMap<>();
  private long redoneSteps;
  private double largestRedoneSeconds;

  /** Notes what is being done. */
  void look(Sighting sighting) {
    for (Work work : sighting.work()) {
      if (work.phase().isPresent() && work.step() > 0) {
        note(work);
      }
    }
    Map<String, Work> now = sighting.byId();
    if (!now.isEmpty()) {
      cutShort.entrySet().removeIf(entry -> gone(entry.getKey(), entry.getValue(), now));
      attempts.keySet().removeIf(id -> !now.containsKey(id) && !cutShort.containsKey(id));
    }
  }

  private void note(Work work) {
    Known known = attempts.get(work.id());
    if (known == null || known.last.attempt() < work.attempt()) {
      Known before = known != null ? known : cutShort.get(work.id());
      if (before != null && !before.settled) {
        settle(before, work.firstStep());
      }
      cutShort.remove(work.id());
      attempts.put(work.id(), new Known(work));
    } else if (work.step() >= known.last.step()) {
      known.last = work;
      known.reached = Math.max(known.reached, work.step());
    }
  }

  /** An activity that ended before the next attempt said where it had gone on. */
  private boolean gone(String id, Known known, Map<String, Work> now) {
    if (now.containsKey(id)) {
      return false;
    }
    if (!known.settled) {
      settle(known, known.checkpointed);
    }
    return true;
  }

  private void settle(Known known, int wentOnAt) {
    known.settled = true;
    double again = Math.max(0, known.reached - wentOnAt);
    redoneSteps += Math.round(again);
    if (known.speed() > 0) {
      largestRedoneSeconds = Math.max(largestRedoneSeconds, again / known.speed());
    }
  }

  /** Notes that workers were hit: their attempts got a little further than they had said. */
  void struck(Strike strike) {
    attempts.forEach(
        (id, known) -> {
          if (strike.victims().contains(known.last.workerPid())) {
            double since = Math.max(0, seconds(known.last.heartbeat(), strike.at()));
            double expected = known.last.step() + known.speed() * since;
            known.reached = Math.max(known.reached, Math.min(known.last.steps(), expected));
            known.checkpointed = strike.before().checkpointed(known.last);
            cutShort.put(id, known);
          }
        });
  }

  long redoneSteps() {
    return redoneSteps;
  }

  /** The most of one attempt that was done again, in seconds at its own speed. */
  double largestRedoneSeconds() {
    return largestRedoneSeconds;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
