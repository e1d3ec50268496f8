package io.autoseed.worker.report;

import java.util.ArrayList;
import java.util.List;

/** A table in plain text: the first column to the left, the others to the right. */
public final class TextTable {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<String> head) {
    rows.add(List.copyOf(head));
  }

  /** Adds a row of as many cells as the head has. */
  public TextTable row(List<String> cells) {
    if (cells.size() != rows.get(0).size()) {
      throw new IllegalArgumentException(
          "expected " + rows.get(0).size() + " cells, found " + cells.size() + ": " + cells);
    }
    rows.add(List.copyOf(cells));
    return this;
  }

  /** A text, which may be a message of any library, in one line. */
  public static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /** The head, a rule, the rows; every line ends with a line feed. */
  public String render() {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        String cell = rows.get(r).get(c);
        String blanks = " ".repeat(widths[c] - cell.length());
        line.append(c == 0 ? cell + blanks : GAP + blanks + cell);
      }
      text.append(line.toString().stripTrailing()).append('\n');
      if (r == 0) {
        text.append("─".repeat(line.length())).append('\n');
      }
    }
    return text.toString();
  }
}
