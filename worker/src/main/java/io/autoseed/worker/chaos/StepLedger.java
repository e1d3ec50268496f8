package io.autoseed.worker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Counts the training steps that were done more than once: how far an attempt was when it was cut
 * short, less where the next one went on.
 *
 * <p>How far it was is its last heartbeat (one a second) and, if its worker was killed, the steps
 * that its speed so far lets expect until the kill. An attempt that was cut short before its first
 * heartbeat is not counted: nobody knows how far it was.
 */
final class StepLedger {
  /** An attempt as far as is known. */
  private static final class Known {
    Work last;
    Instant cut; // when its worker was hit; null if it was not
    int checkpointed; // steps in the newest checkpoint then
    boolean settled; // whether the steps it did again are counted

    Known(Work work) {
      this.last = work;
    }

    /** Of one step, on average; 0 if it has told of none. */
    double secondsAStep() {
      int steps = last.step() - last.firstStep();
      return steps > 0 ? (last.seconds() - last.firstSeconds()) / steps : 0;
    }

    /** Steps that it did after its last heartbeat. */
    double stepsUntold() {
      double step = secondsAStep();
      return step > 0 ? Math.min(last.steps() - last.step(), secondsUntold() / step) : 0;
    }

    /** From its last heartbeat to the kill. */
    double secondsUntold() {
      return cut == null
          ? 0
          : Math.max(0, Duration.between(last.heartbeat(), cut).toMillis() / 1e3);
    }
  }

  /**
   * What an attempt lost.
   *
   * @param what the activity, for people
   * @param told seconds of computing that its heartbeats had told and the next attempt did again
   * @param untold seconds from its last heartbeat to the kill
   * @param aStep seconds that one step took
   */
  private record Loss(String what, long steps, double told, double untold, double aStep) {}

  /** Between two heartbeats. */
  private static final double LOOK_SECONDS = 1;

  private final Map<String, Known> attempts = new HashMap<>();
  private final Map<String, Known> cutShort = new HashMap<>();
  private final List<Loss> losses = new ArrayList<>();

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
        settle(before, work.firstStep(), work.firstSeconds());
      }
      cutShort.remove(work.id());
      attempts.put(work.id(), new Known(work));
    } else if (work.step() >= known.last.step()) {
      known.last = work;
    }
  }

  /** An activity that ended before the next attempt said where it had gone on. */
  private boolean gone(String id, Known known, Map<String, Work> now) {
    if (now.containsKey(id)) {
      return false;
    }
    if (!known.settled) {
      settle(known, known.checkpointed, known.last.savedSeconds());
    }
    return true;
  }

  private void settle(Known known, int wentOnAt, double wentOnAtSeconds) {
    known.settled = true;
    Work last = known.last;
    losses.add(
        new Loss(
            last.id() + ", attempt " + last.attempt() + " at " + last.activity(),
            Math.round(Math.max(0, last.step() + known.stepsUntold() - wentOnAt)),
            Math.max(0, last.seconds() - wentOnAtSeconds),
            known.secondsUntold(),
            known.secondsAStep()));
  }

  /** Notes that workers were hit: their attempts got a little further than they had said. */
  void struck(Strike strike) {
    attempts.forEach(
        (id, known) -> {
          if (strike.victims().contains(known.last.workerPid())) {
            known.cut = strike.at();
            known.checkpointed = strike.before().checkpointed(known.last);
            cutShort.put(id, known);
          }
        });
  }

  long redoneSteps() {
    return losses.stream().mapToLong(Loss::steps).sum();
  }

  /**
   * The most of one attempt that was done again, in seconds of computing, those from its last
   * heartbeat to the kill included; null if no attempt that was cut short had said how far it was.
   */
  Double largestRedoneSeconds() {
    return Quantiles.largest(losses.stream().map(loss -> loss.told() + loss.untold()).toList());
  }

  /**
   * Attempts that lost more than the time between two checkpoints, by their own heartbeats; a look
   * and a step longer are allowed, for no checkpoint is saved in the midst of a step.
   */
  List<String> beyond(double checkpointSeconds) {
    return losses.stream()
        .filter(loss -> loss.told() > checkpointSeconds + LOOK_SECONDS + loss.aStep())
        .map(
            loss ->
                String.format(
                    Locale.ROOT,
                    "%s: %.1f s of computing were done again, with checkpoints every %.1f s",
                    loss.what(),
                    loss.told(),
                    checkpointSeconds))
        .toList();
  }
}
