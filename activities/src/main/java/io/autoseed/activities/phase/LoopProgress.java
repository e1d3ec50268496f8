package io.autoseed.activities.phase;

/**
 * What a heartbeat of a learning phase carries.
 *
 * @param firstStep steps that the attempts before had done, up to the checkpoint it goes on from
 * @param step steps done, those included
 * @param steps steps of the phase
 * @param checkpoint key of the last checkpoint, or null
 * @param versionId of the last checkpoint, or null
 * @param sha256 of the last checkpoint, or null
 */
public record LoopProgress(
    int firstStep, int step, int steps, String checkpoint, String versionId, String sha256) {
  static final LoopProgress NONE = new LoopProgress(0, 0, 0, null, null, null);
}
