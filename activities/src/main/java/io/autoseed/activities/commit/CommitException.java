package io.autoseed.activities.commit;

/** A phase could not be committed; says which, and why. */
public final class CommitException extends RuntimeException {
  CommitException(PhasePlan plan, String reason) {
    super(
        plan.phase()
            + " of task "
            + plan.task()
            + " of run "
            + plan.run()
            + " cannot be committed: "
            + reason);
  }
}
