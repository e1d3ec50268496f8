package io.autoseed.worker.chaos;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When a run has taken a strike: at its first progress that needs what was hit.
 *
 * <ul>
 *   <li>A worker: any progress, its own last heartbeats excepted.
 *   <li>The Temporal server: a step that it was told of, or the commit of a phase that it had still
 *       to hand out. An activity under way computes, saves checkpoints and commits without it.
 *   <li>The store: a commit, a checkpoint or an encoded shard.
 *   <li>The catalog: a commit or the token of an attempt that begins.
 *   <li>MLflow: rows that are delivered; any progress if there was nothing to tell it.
 * </ul>
 *
 * The run's end is progress that needs all of them but MLflow.
 */
final class Recovery {
  private final Strike strike;
  private final Sighting before;

  /**
   * @param before the run at the strike, or once what was under way then had come to an end
   */
  Recovery(Strike strike, Sighting before) {
    this.strike = strike;
    this.before = before;
  }

  /** The progress that shows it, in words; empty if there is none yet. */
  Optional<String> sign(Sighting now) {
    return switch (strike.target()) {
      case WORKER -> now.progressSince(before, strike.victims());
      case TEMPORAL -> handedOut(now).or(() -> now.stepSince(before, strike.victims()));
      case STORE -> now.savedSince(before);
      case CATALOG -> written(now);
      case TRACKER -> strike.inWork() ? told(now) : now.progressSince(before, strike.victims());
    };
  }

  private Optional<String> handedOut(Sighting now) {
    Set<String> underWay =
        before.work().stream()
            .flatMap(work -> work.committed().stream())
            .collect(Collectors.toSet());
    return now.committedSince(before, underWay).or(now::end);
  }

  private Optional<String> written(Sighting now) {
    return now.committedSince(before, Set.of()).or(() -> begun(now)).or(now::end);
  }

  private Optional<String> begun(Sighting now) {
    return before.rows().tokens().containsAll(now.rows().tokens())
        ? Optional.empty()
        : Optional.of("a phase begun");
  }

  private Optional<String> told(Sighting now) {
    return now.rows().delivered() > before.rows().delivered()
        ? Optional.of("a delivery")
        : Optional.empty();
  }

  /**
   * Whether the run has computed on since what was hit was back, without having needed it: then
   * nothing waited for it, and when the run comes to need it says nothing of the strike.
   *
   * @param back the run when what was hit first answered again
   * @param stopped processes that an earlier strike has stopped and that have not gone on yet
   */
  boolean unneeded(Sighting back, Sighting now, Set<Long> stopped) {
    return strike.target() == Target.CATALOG && now.computedSince(back, stopped);
  }
}
