package io.autoseed.learning.sequence;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a misspelt word was probably meant to be. */
final class Suggestion {
  private static final int LISTED = 12;

  private Suggestion() {}

  /** "did you mean 'x'?" if a known word is near, else the words to choose from. */
  static String of(String found, Collection<String> known) {
    String nearest = null;
    int least = Math.max(1, Math.min(3, found.length() / 3)) + 1;
    for (String word : known) {
      if (Math.abs(word.length() - found.length()) < least) {
        int distance = distance(folded(found), folded(word));
        if (distance < least) {
          least = distance;
          nearest = word;
        }
      }
    }
    if (nearest != null) {
      return "did you mean '" + nearest + "'?";
    }
    if (known.isEmpty()) {
      return "there are none to choose from";
    }
    String listed = known.stream().limit(LISTED).collect(Collectors.joining(", "));
    return "choose from " + listed + (known.size() > LISTED ? ", ..." : "");
  }

  private static String folded(String word) {
    String lower = word.toLowerCase(Locale.ROOT).replaceAll("[ _-]", "-");
    return lower.substring(0, Math.min(lower.length(), 100));
  }

  /** Edits between two words: insert, delete, replace, swap of neighbours. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        edits[i][j] = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
