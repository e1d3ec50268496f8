package io.autoseed.activities.audit;

/**
 * Something that is not what it must be.
 *
 * @param object an object's key and version, {@code catalog: ...} for a row, {@code audit/...} for
 *     an entry or anchor of the audit chain
 */
public record Difference(String object, String expected, String found) {
  static Difference of(String key, String versionId, String expected, String found) {
    return new Difference(key + " version " + versionId, expected, found);
  }

  /** One line for people. */
  public String line() {
    return object + ": expected " + expected + ", found " + found;
  }
}
