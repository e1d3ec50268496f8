package io.autoseed.worker.report;

import io.autoseed.learning.statistics.Estimate;
import io.autoseed.worker.report.RunComparison.Side;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A comparison for a terminal. */
public final class ComparisonText {
  private ComparisonText() {}

  /** The runs by number, a table of their metrics, and what is to be known of them. */
  public static String render(RunComparison comparison) {
    List<Side> sides = comparison.runs();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < sides.size(); i++) {
      Side side = sides.get(i);
      text.append((i + 1) + "  " + side.run());
      text.append(side.state().equals("DONE") ? "" : "  (" + lower(side.state()) + ", so far)");
      text.append(side.remark() == null ? "\n" : "  " + side.remark() + "\n");
    }
    text.append('\n').append(table(sides));
    text.append("\nIn brackets: ").append(comparison.intervals());
    text.append("; one order of the classes and one random seed say nothing of others.\n");
    text.append("-: not measured, or nothing to compare with.\n");
    return text.toString();
  }

  private static String table(List<Side> sides) {
    List<String> head = new ArrayList<>(List.of("metric"));
    for (int i = 0; i < sides.size(); i++) {
      head.add((i + 1) + " " + sides.get(i).strategy());
    }
    TextTable table = new TextTable(head);
    boolean compared = sides.stream().anyMatch(side -> !side.difference().isEmpty());
    for (String metric : RunComparison.METRICS) {
      row(table, metric, sides, side -> cell(side.metrics().get(metric), Numbers::percent));
      if (compared) {
        row(
            table,
            "  to the first",
            sides,
            side -> cell(side.difference().get(metric), Numbers::points));
      }
    }
    row(table, "memory/class", sides, side -> Numbers.bytes(side.memoryBytesPerClass()));
    row(table, "compute", sides, side -> Numbers.seconds(side.computeSeconds()));
    row(table, "wall time", sides, side -> Numbers.seconds(side.seconds()));
    return table.render();
  }

  private static void row(
      TextTable table, String name, List<Side> sides, Function<Side, String> cell) {
    List<String> row = new ArrayList<>(List.of(name));
    sides.forEach(side -> row.add(cell.apply(side)));
    table.row(row);
  }

  private static String cell(Estimate estimate, Function<Double, String> number) {
    return estimate == null
        ? "-"
        : "%s [%s, %s]"
            .formatted(
                number.apply(estimate.value()),
                number.apply(estimate.low()),
                number.apply(estimate.high()));
  }

  private static String lower(String state) {
    return state.toLowerCase(Locale.ROOT);
  }
}
