package io.autoseed.activities.catalog;

import java.util.Locale;

/** Which finished phases of other runs a run may adopt. Its own are always reused. */
public enum Reuse {
  ALL,
  ENCODE,
  NONE;

  /** As the catalog and the command line write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if it is none of the three words
   */
  public static Reuse of(String word) {
    for (Reuse reuse : values()) {
      if (reuse.word().equals(word)) {
        return reuse;
      }
    }
    throw new IllegalArgumentException("reuse: expected all, encode or none, found " + word);
  }
}
