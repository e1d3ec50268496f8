package io.autoseed.activities.phase;

/**
 * How far an attempt is, as its heartbeats tell: at a learning phase, or at the encoding of shards,
 * of which it tells how many it has computed.
 *
 * @param firstStep steps that the attempts before had done, up to the checkpoint it goes on from
 * @param step steps done, those included; or shards
 * @param steps steps of the phase; 0 of shards
 * @param firstSeconds computing that those first steps took
 * @param seconds computing that all steps, or shards, done took
 * @param savedSeconds of them those that the last checkpoint holds, or the shards in the store
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

  /**
   * @param computed shards, which are in the store
   * @param seconds that they took
   */
  static LoopProgress ofShards(int computed, double seconds) {
    return new LoopProgress(0, computed, 0, 0, seconds, seconds, null, null, null);
  }

  /**
   * Whether the attempt has saved more than those before it: the next one begins further on. Phases
   * without checkpoints never do.
   */
  public boolean gotOn() {
    return savedSeconds > firstSeconds;
  }
}
