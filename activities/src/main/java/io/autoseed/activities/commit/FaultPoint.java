package io.autoseed.activities.commit;

/**
 * A place for tests to stop an attempt: called on both sides of every step of a commit that leaves
 * something behind. Whatever it throws ends the attempt there, as a crash would.
 */
@FunctionalInterface
public interface FaultPoint {
  /** Sides of the steps, in the order they are reached; those after the manifest in any order. */
  enum Boundary {
    BEFORE_TOKEN,
    AFTER_TOKEN,
    BEFORE_OBJECT,
    AFTER_OBJECT,
    BEFORE_MANIFEST,
    AFTER_MANIFEST,
    BEFORE_INDEX,
    AFTER_INDEX,
    BEFORE_ROWS,
    AFTER_ROWS,
    BEFORE_CHECKPOINTS,
    AFTER_CHECKPOINTS
  }

  /** Outside of tests. */
  FaultPoint NONE = boundary -> {};

  void reached(Boundary boundary);
}
