package io.autoseed.activities.audit;

/**
 * Something that is not what it must be.
 *
 * @param object an object's key and version, {@code catalog: ...} for a row, {@code audit/...} for
 *     an entry or anchor of the audit chain
 */
public record Difference(String object, String expected, String found) {
  private static final int READABLE = 160;

  static Difference of(String key, String versionId, String expected, String found) {
    return new Difference(key + " version " + versionId, expected, found);
  }

  /** One line for people: of long texts where they begin to differ. */
  public String line() {
    int same = 0;
    while (same < Math.min(expected.length(), found.length())
        && expected.charAt(same) == found.charAt(same)) {
      same++;
    }
    return object + ": expected " + part(expected, same) + ", found " + part(found, same);
  }

  private static String part(String text, int same) {
    if (text.length() <= READABLE) {
      return text;
    }
    int from = Math.max(0, same - READABLE / 2);
    int to = Math.min(text.length(), from + READABLE);
    return (from == 0 ? "" : "...") + text.substring(from, to) + (to == text.length() ? "" : "...");
  }
}
