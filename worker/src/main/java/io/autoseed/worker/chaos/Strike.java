package io.autoseed.worker.chaos;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One thing that was done to the stack.
 *
 * @param target what was hit
 * @param kind how
 * @param components names of what was hit, one or more workers or one service
 * @param victims the processes
 * @param at when the last signal was sent
 * @param before the run as it was at that moment
 * @param inWork whether a worker that was hit, or any if a service was, performed an activity; of
 *     the tracker, whether there was something to tell it
 * @param pauseSeconds how long the processes were stopped; 0 for those killed
 * @param standIn whether a worker that was not hit could take over at once
 */
record Strike(
    Target target,
    Kind kind,
    List<String> components,
    Set<Long> victims,
    Instant at,
    Sighting before,
    boolean inWork,
    double pauseSeconds,
    boolean standIn) {
  enum Kind {
    /** The first process of each component. */
    KILL("killed"),
    /** Every process of the component at once. */
    KILL_ALL("killed every process of"),
    /** Stopped for longer than the heartbeat timeout, then let go on. */
    PAUSE("stopped");

    private final String verb;

    Kind(String verb) {
      this.verb = verb;
    }

    String verb() {
      return verb;
    }
  }

  Strike {
    components = List.copyOf(components);
    victims = Set.copyOf(victims);
  }

  /** The same, if there turned out to be no work that it could hit. */
  Strike missed() {
    return new Strike(target, kind, components, victims, at, before, false, pauseSeconds, standIn);
  }

  /** The processes that it keeps stopped at that time. */
  Set<Long> stoppedAt(Instant time) {
    Instant end = at.plusMillis(Math.round(pauseSeconds * 1e3));
    return kind == Kind.PAUSE && time.isBefore(end) ? victims : Set.of();
  }

  /** Whether it hit work in progress while a model was being trained. */
  boolean inTraining() {
    return inWork && held().stream().anyMatch(Work::training);
  }

  /** The activities that it cut short, or may have. */
  List<Work> held() {
    return target == Target.WORKER
        ? before.work().stream().filter(work -> victims.contains(work.workerPid())).toList()
        : before.work();
  }
}
