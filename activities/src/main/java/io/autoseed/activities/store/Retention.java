package io.autoseed.activities.store;

import java.time.Duration;

/**
 * For how long, and how strictly, an object is locked.
 *
 * @param mode {@code GOVERNANCE} (an administrator may lift it) or {@code COMPLIANCE} (nobody may)
 */
public record Retention(Mode mode, Duration duration) {
  /** As S3 knows them. */
  public enum Mode {
    GOVERNANCE,
    COMPLIANCE
  }

  public Retention {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("retention: expected more than zero, found " + duration);
    }
  }
}
