package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.Reuse;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.RunPolicy;

/**
 * A run to be started.
 *
 * @param run its id; also the workflow's, and part of every object key
 * @param profile numeric profile by name
 * @param codeVersion of the program that submits
 * @param checkpointSeconds between two checkpoints of a phase
 * @param fork whose past it shares; null for a run of its own
 * @param beside main run that this baseline accompanies, or null
 * @param study that it is a member of, or null
 * @param dropsFeatures whether training features go once their task is published; it then shares no
 *     features with other runs
 */
public record Submission(
    String run,
    ResolvedSequence sequence,
    String profile,
    String codeVersion,
    Reuse reuse,
    RunPolicy policy,
    double checkpointSeconds,
    Fork fork,
    String beside,
    String study,
    boolean dropsFeatures) {
  public static final double CHECKPOINT_SECONDS = 5;

  /** The state of {@code run} after task {@code afterTask}, from which another run goes on. */
  public record Fork(String run, int afterTask) {}

  /** A run with the default policy. */
  public static Submission of(
      String run, ResolvedSequence sequence, String profile, String codeVersion) {
    return new Submission(
        run,
        sequence,
        profile,
        codeVersion,
        Reuse.ENCODE,
        RunPolicy.DEFAULT,
        CHECKPOINT_SECONDS,
        null,
        null,
        null,
        false);
  }

  public Submission withFork(Fork past) {
    return new Submission(
        run,
        sequence,
        profile,
        codeVersion,
        reuse,
        policy,
        checkpointSeconds,
        past,
        beside,
        study,
        dropsFeatures);
  }

  public Submission withBeside(String mainRun) {
    return new Submission(
        run,
        sequence,
        profile,
        codeVersion,
        reuse,
        policy,
        checkpointSeconds,
        fork,
        mainRun,
        study,
        dropsFeatures);
  }

  /** A member of that study. */
  public Submission withStudy(String other) {
    return new Submission(
        run,
        sequence,
        profile,
        codeVersion,
        reuse,
        policy,
        checkpointSeconds,
        fork,
        beside,
        other,
        dropsFeatures);
  }

  public Submission withReuse(Reuse other) {
    return new Submission(
        run,
        sequence,
        profile,
        codeVersion,
        other,
        policy,
        checkpointSeconds,
        fork,
        beside,
        study,
        dropsFeatures);
  }

  /** Keeps the training features of a task no longer than until the task is published. */
  public Submission droppingFeatures() {
    return new Submission(
        run,
        sequence,
        profile,
        codeVersion,
        Reuse.NONE,
        policy,
        checkpointSeconds,
        fork,
        beside,
        study,
        true);
  }

  /** How soon a dead worker is noticed, and how much work it may cost. */
  public Submission withPatience(RunPolicy other, double secondsBetweenCheckpoints) {
    return new Submission(
        run,
        sequence,
        profile,
        codeVersion,
        reuse,
        other,
        secondsBetweenCheckpoints,
        fork,
        beside,
        study,
        dropsFeatures);
  }
}
