package io.autoseed.activities.phase;

/**
 * What a heartbeat of a learning phase carries.
 *
 * @param firstStep steps that the attempts before had done, up to the checkpoint it goes on from
 * @param step steps done, those included
 * @param steps steps of the phase
 * @param firstSeconds computing that those first steps took
 * @param seconds computing that all steps done took
 * @param savedSeconds of them those that the last checkpoint holds
 * @param checkpoint key of the last checkpoint of this attempt, or null
 * @param versionId of that checkpoint, or null
 * @param sha256 of that checkpoint, or null
 */
public record LoopProgress(
    int firstStep,
    int step,
    int steps,
    double firstSeconds,
    double seconds,
    double savedSeconds,
    String checkpoint,
    String versionId,
    String sha256) {
  public static final LoopProgress NONE = new LoopProgress(0, 0, 0, 0, 0, 0, null, null, null);
}
