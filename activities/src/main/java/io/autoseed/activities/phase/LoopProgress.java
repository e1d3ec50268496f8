package io.autoseed.activities.phase;

/**
 * What a heartbeat of a learning phase carries.
 *
 * @param step steps done
 * @param steps steps of the phase
 * @param checkpoint key of the last checkpoint, or null
 * @param versionId of the last checkpoint, or null
 * @param sha256 of the last checkpoint, or null
 */
record LoopProgress(int step, int steps, String checkpoint, String versionId, String sha256) {
  static final LoopProgress NONE = new LoopProgress(0, 0, null, null, null);
}
