package io.autoseed.activities.retention;

/**
 * An object version that nothing needs.
 *
 * @param bytes its length
 */
public record Garbage(String key, String versionId, long bytes, Reason reason) {
  /** Why it is not needed. */
  public enum Reason {
    /** No manifest names it: left by an attempt that was overtaken, or that died. */
    ORPHAN("no manifest names it"),
    /** Its phase is committed, or its run is done. */
    CHECKPOINT("a checkpoint that no phase goes on from"),
    /** Put by a worker that came too late, or kept by a store that refused to remove it. */
    TRAINING("training features of a run that keeps none"),
    /** The manifest that it leads to is gone. */
    INDEX("a phase index that leads to nothing"),
    /** Left by a process that died while it tried whether the store works. */
    PROBE("a trial write that nobody reads any more");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** For people. */
    public String words() {
      return words;
    }
  }
}
