package io.autoseed.worker.report;

import io.autoseed.workflows.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A report for a terminal. */
public final class TextReport {
  /** Tasks up to which a terminal has room for something of each. */
  public static final int READABLE_TASKS = 60;

  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private TextReport() {}

  /** The whole report, several paragraphs. */
  public static String render(Report report) {
    RunResult main = report.main();
    StringBuilder text = new StringBuilder();
    int classes = main.classCounts().stream().mapToInt(Integer::intValue).sum();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s: %d tasks, %d classes, learned one task after the other (run %s, %s)%n%n",
            main.sequence(),
            main.tasks().size(),
            classes,
            main.run(),
            main.state().toLowerCase(Locale.ROOT)));
    text.append(metrics(report.all()));
    text.append(
        """

        Last: accuracy on all tasks at the end.  Avg: the same, averaged over the way there.
        BWT: what a task has lost (-) or gained (+) since it was learned.  Forgetting: loss from its best.
        FWT: gain over zero-shot on a task before its data came.  All in percent, among all classes seen.
        """);
    text.append("\nAccuracy on the tasks seen so far, after each task\n");
    text.append(curves(report.all()));
    text.append(
        "\nCompute seconds by phase (features are encoded once, by whoever needs them first)\n");
    text.append(phases(report.all()));
    text.append(seeds(report.all()));
    return text.toString();
  }

  /** One row a strategy. */
  public static String metrics(List<RunResult> results) {
    TextTable table =
        new TextTable(
            List.of(
                "strategy", "Last", "Avg", "BWT", "Forgetting", "FWT", "memory/class", "compute"));
    for (RunResult result : results) {
      Headline m = result.metrics();
      table.row(
          List.of(
              result.strategy(),
              Numbers.percent(m.last()),
              Numbers.percent(m.avg()),
              Numbers.points(m.bwt()),
              Numbers.percent(m.forgetting()),
              Numbers.points(m.fwt()),
              Numbers.bytes(result.memoryBytesPerClass()),
              Numbers.seconds(result.computeSeconds())));
    }
    return table.render();
  }

  /** Fidelity and spread of the strategies that keep seeds; empty if none does. */
  public static String seeds(List<RunResult> results) {
    TextTable table =
        new TextTable(
            List.of("strategy", "fidelity", "of one example", "spread between", "spread within"));
    boolean any = false;
    for (RunResult result : results) {
      if (!result.seeds().isEmpty()) {
        any = true;
        table.row(
            List.of(
                result.strategy(),
                number(result, "seedFidelity"),
                number(result, "seedFidelityControl"),
                number(result, "seedSpreadParallel"),
                number(result, "seedSpreadPerpendicular")));
      }
    }
    return any
        ? "\nSeeds: cosine to the real class mean; variance within classes beside the real one,"
            + " towards other classes and otherwise\n"
            + table.render()
        : "";
  }

  private static String number(RunResult result, String name) {
    Double value = result.seeds().get(name);
    return value == null ? "-" : String.format(Locale.ROOT, "%.3f", value);
  }

  /**
   * One line a strategy: a bar a task, from 0 to 100 percent. Of more than {@link #READABLE_TASKS}
   * tasks a bar stands for several: what was measured after the last of them.
   */
  static String curves(List<RunResult> results) {
    int width = results.stream().mapToInt(r -> r.strategy().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (RunResult result : results) {
      List<Double> curve = result.curve();
      int tasksABar = (curve.size() + READABLE_TASKS - 1) / READABLE_TASKS;
      StringBuilder bars = new StringBuilder();
      for (int from = 0; from < curve.size(); from += tasksABar) {
        bars.append(
            curve.subList(from, Math.min(from + tasksABar, curve.size())).stream()
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later)
                .map(TextReport::level)
                .orElse(' '));
      }
      text.append(
          String.format(
              Locale.ROOT,
              "%-" + Math.max(1, width) + "s  %5s %s %s%n",
              result.strategy(),
              curve.isEmpty() ? "-" : Numbers.percent(curve.get(0)),
              bars,
              curve.isEmpty() ? "-" : Numbers.percent(curve.get(curve.size() - 1))));
    }
    return text.toString();
  }

  /**
   * The accuracy matrix, one row after each task; of more than {@link #READABLE_TASKS} tasks only
   * where it can be had.
   */
  public static String matrix(RunResult result) {
    if (result.tasks().size() > READABLE_TASKS) {
      return String.format(
          Locale.ROOT,
          "(a matrix of %,d tasks is too wide for a terminal: --json has it)%n",
          result.tasks().size());
    }
    List<String> head = new ArrayList<>(List.of("after \\ on"));
    head.addAll(result.tasks());
    TextTable table = new TextTable(head);
    for (int i = 0; i < result.matrix().size(); i++) {
      List<String> row = new ArrayList<>(List.of(result.tasks().get(i)));
      result.matrix().get(i).forEach(cell -> row.add(Numbers.percent(cell)));
      table.row(row);
    }
    return table.render();
  }

  private static String phases(List<RunResult> results) {
    List<String> phases =
        Arrays.stream(Phase.values())
            .map(Phase::name)
            .filter(p -> results.stream().anyMatch(r -> r.phaseSeconds().containsKey(p)))
            .toList();
    List<String> head = new ArrayList<>(List.of("strategy"));
    phases.forEach(phase -> head.add(phase.toLowerCase(Locale.ROOT).replace('_', ' ')));
    TextTable table = new TextTable(head);
    for (RunResult result : results) {
      List<String> row = new ArrayList<>(List.of(result.strategy()));
      for (String phase : phases) {
        Double seconds = result.phaseSeconds().get(phase);
        row.add(seconds == null ? "-" : Numbers.seconds(seconds));
      }
      table.row(row);
    }
    return table.render();
  }

  private static char level(double percent) {
    int step = (int) Math.floor(percent / 100 * LEVELS.length());
    return LEVELS.charAt(Math.max(0, Math.min(LEVELS.length() - 1, step)));
  }
}
