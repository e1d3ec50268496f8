package io.autoseed.learning.dataset;

/** Checks of paths that a data set or a stored document names. */
final class SafePath {
  private SafePath() {}

  /**
   * A relative path of plain names with forward slashes.
   *
   * @throws DataSetException naming {@code root} if it is absolute, climbs, or hides something
   */
  static String check(String path, Object root) {
    boolean safe = !path.isEmpty() && path.length() <= 4096 && !path.startsWith("/");
    for (String name : path.split("/", -1)) {
      safe &= !name.isEmpty() && !name.equals(".") && !name.equals("..");
    }
    for (int i = 0; i < path.length(); i++) {
      safe &= path.charAt(i) >= ' ' && path.charAt(i) != '\\' && path.charAt(i) != 0x7f;
    }
    if (!safe || path.matches("[A-Za-z]:.*")) {
      throw new DataSetException(
          root
              + " names the file '"
              + printable(path)
              + "', which is no plain path inside it; rename or remove it");
    }
    return path;
  }

  static String printable(String text) {
    String shown = text.replaceAll("\\p{Cntrl}", "?");
    return shown.length() <= 120 ? shown : shown.substring(0, 117) + "...";
  }
}
