package io.autoseed.worker.report;

import io.autoseed.learning.metrics.AccuracyMatrix;
import io.autoseed.learning.metrics.TaskBootstrap;
import io.autoseed.learning.metrics.TaskBootstrap.Estimate;
import io.autoseed.learning.metrics.TaskBootstrap.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs side by side.
 *
 * @param intervals what the intervals are over
 */
public record RunComparison(String intervals, List<Side> runs) {
  private static final String OVER = "95 % bootstrap over tasks, 10,000 draws";

  /**
   * @param metrics the run's metrics by name
   * @param difference to the first run, where both learned the same tasks; else empty
   */
  public record Side(
      String run,
      String strategy,
      String state,
      Map<String, Estimate> metrics,
      Map<String, Estimate> difference,
      Double memoryBytesPerClass,
      double seconds) {}

  /** Compares runs; those that are not done are compared by what they measured so far. */
  public static RunComparison of(List<RunView> views) {
    RunView first = views.get(0);
    return new RunComparison(OVER, views.stream().map(view -> side(first, view)).toList());
  }

  private static Side side(RunView first, RunView view) {
    Map<String, Estimate> metrics = new LinkedHashMap<>();
    Map<String, Estimate> differences = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      String name = metric.name().toLowerCase(Locale.ROOT);
      TaskBootstrap.estimate(metric, learned(view)).ifPresent(found -> metrics.put(name, found));
      if (!view.run().equals(first.run()) && sameTasks(first, view)) {
        TaskBootstrap.difference(metric, learned(view), learned(first))
            .ifPresent(found -> differences.put(name, found));
      }
    }
    return new Side(
        view.run(),
        view.strategy(),
        view.state(),
        metrics,
        differences,
        view.memoryBytesPerClass(),
        view.seconds());
  }

  /** Of a run that is not done: the tasks learned so far. */
  private static AccuracyMatrix learned(RunView view) {
    int rows = view.matrix().size();
    return new AccuracyMatrix(view.matrix().stream().map(row -> row.subList(0, rows)).toList());
  }

  /** By name, data set and classes in order; the catalog keeps the digests of files elsewhere. */
  private static boolean sameTasks(RunView first, RunView view) {
    return first.matrix().size() == view.matrix().size()
        && signature(first).equals(signature(view));
  }

  private static List<String> signature(RunView view) {
    return view.tasks().stream()
        .map(task -> task.name() + task.dataset() + task.classes())
        .toList();
  }

  /** For a terminal. */
  public String text() {
    List<String> head = new ArrayList<>(List.of("metric"));
    runs.forEach(side -> head.add(side.strategy()));
    TextTable table = new TextTable(head);
    for (Metric metric : Metric.values()) {
      String name = metric.name().toLowerCase(Locale.ROOT);
      List<String> row = new ArrayList<>(List.of(name));
      runs.forEach(side -> row.add(cell(side.metrics().get(name), "%.1f")));
      table.row(row);
      List<String> differences = new ArrayList<>(List.of("  to the first"));
      runs.forEach(side -> differences.add(cell(side.difference().get(name), "%+.1f")));
      table.row(differences);
    }
    List<String> memory = new ArrayList<>(List.of("memory/class"));
    runs.forEach(side -> memory.add(Numbers.bytes(side.memoryBytesPerClass())));
    table.row(memory);
    List<String> time = new ArrayList<>(List.of("time"));
    runs.forEach(side -> time.add(Numbers.seconds(side.seconds())));
    table.row(time);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < runs.size(); i++) {
      text.append("%d  %s%n".formatted(i + 1, runs.get(i).run()));
    }
    return text.append('\n')
        .append(table.render())
        .append("\nIn brackets: ")
        .append(intervals)
        .append("; one order of the classes and one random seed say nothing of others.\n")
        .toString();
  }

  private static String cell(Estimate estimate, String format) {
    if (estimate == null) {
      return "-";
    }
    return (format + " [" + format + ", " + format + "]")
        .formatted(estimate.value(), estimate.low(), estimate.high());
  }
}
