package io.autoseed.activities.catalog;

import java.util.Locale;

/** How an attempt at a phase ended. */
public enum AttemptResult {
  /** Its manifest is the committed one. */
  COMMITTED,
  /** Another attempt of the same outcome was first. */
  ADOPTED,
  /** It computed nothing: a finished phase was there. */
  REUSED,
  /** Another attempt was first, with another outcome. */
  DIFFERED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
