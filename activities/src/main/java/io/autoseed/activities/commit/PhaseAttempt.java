package io.autoseed.activities.commit;

import io.autoseed.activities.store.Checkpoints;
import io.autoseed.workflows.PhaseOutcome;
import java.time.Instant;

/** One attempt at a phase that is not finished. One thread. */
public final class PhaseAttempt {
  private final PhaseCommit commit;
  private final PhasePlan plan;
  private final long token;
  private final Instant started;
  private final Checkpoints checkpoints;

  PhaseAttempt(
      PhaseCommit commit, PhasePlan plan, long token, Instant started, Checkpoints checkpoints) {
    this.commit = commit;
    this.plan = plan;
    this.token = token;
    this.started = started;
    this.checkpoints = checkpoints;
  }

  /** The run whose phase this is. */
  public String run() {
    return plan.run();
  }

  /** Larger than the token of every attempt before. */
  public long token() {
    return token;
  }

  /** Where the attempts before got to, and where this one leaves its own states. */
  public Checkpoints checkpoints() {
    return checkpoints;
  }

  /**
   * Commits what was computed, or adopts what another attempt committed first.
   *
   * @return the outcome that counts
   * @throws io.autoseed.activities.catalog.StaleTokenException if a newer attempt took the phase;
   *     it will finish it
   */
  public PhaseOutcome commit(PhaseProduct product) {
    return commit.commit(this, product);
  }

  /**
   * Ends an attempt that was told to stop, after it has saved a checkpoint for its successor: there
   * may be one that has finished the phase already, and then nobody needs the checkpoint.
   */
  public void giveWay() {
    commit.giveWay(this);
  }

  PhasePlan plan() {
    return plan;
  }

  Instant started() {
    return started;
  }
}
