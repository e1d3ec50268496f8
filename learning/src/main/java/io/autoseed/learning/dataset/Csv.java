package io.autoseed.learning.dataset;

import java.util.ArrayList;
import java.util.List;

/** Comma-separated values as in RFC 4180; blank lines are skipped. */
final class Csv {
  private Csv() {}

  /**
   * @param line where the row starts, from 1
   */
  record Row(int line, List<String> cells) {}

  /**
   * @param name what an error calls the text
   */
  static List<Row> rows(String text, Object name) {
    List<Row> rows = new ArrayList<>();
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    int line = 1;
    int start = 1;
    for (int i = text.startsWith("\ufeff") ? 1 : 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (quoted && i < text.length()) {
        if (c != '"') {
          cell.append(c);
        } else if (i + 1 < text.length() && text.charAt(i + 1) == '"') {
          cell.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (quoted) {
        throw new DataSetException(name + ":" + start + ": a quote is never closed; close it");
      } else if (c == '"' && cell.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        cells.add(cell.toString());
        cell.setLength(0);
      } else if (c == '\n') {
        cells.add(cell.toString());
        cell.setLength(0);
        if (cells.size() > 1 || !cells.get(0).isBlank()) {
          rows.add(new Row(start, List.copyOf(cells)));
        }
        cells.clear();
        start = line + 1;
      } else if (c != '\r') {
        cell.append(c);
      }
      line += c == '\n' ? 1 : 0;
    }
    return rows;
  }
}
