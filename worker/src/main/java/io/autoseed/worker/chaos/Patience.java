package io.autoseed.worker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** Waits for a run for as long as it goes on, however long that is. */
final class Patience {
  private final Duration longest;
  private final InstantSource clock;
  private Sighting gone = Sighting.NONE;
  private Instant since;

  /**
   * @param longest that a run may stand still
   */
  Patience(Duration longest, InstantSource clock) {
    this.longest = longest;
    this.clock = clock;
    this.since = clock.instant();
  }

  /**
   * Takes note of how the run is.
   *
   * @throws LostRunException if it has made no progress for too long
   */
  void see(Sighting now) {
    Instant at = clock.instant();
    if (now.progressSince(gone, Set.of()).isPresent()) {
      gone = now;
      since = at;
    } else if (Duration.between(since, at).compareTo(longest) > 0) {
      throw new LostRunException(
          "the run is lost: no commit, checkpoint or step for %d s (%s, %s): autoseed status, and the workers' logs in AUTOSEED_HOME/logs"
              .formatted(longest.toSeconds(), now.rows().state(), now.describe()));
    }
  }
}
