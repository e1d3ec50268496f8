package io.autoseed.activities.commit;

import io.autoseed.activities.store.StoredManifest;
import io.autoseed.workflows.PhaseOutcome;

/** What an attempt at a phase finds. */
public sealed interface PhaseStart {
  /** The phase is finished: nothing is left to do. */
  record Finished(PhaseOutcome outcome, StoredManifest manifest) implements PhaseStart {}

  /** The phase has to be computed, then committed through {@code attempt}. */
  record Open(PhaseAttempt attempt) implements PhaseStart {}
}
