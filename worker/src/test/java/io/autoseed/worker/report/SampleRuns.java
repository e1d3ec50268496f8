package io.autoseed.worker.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs with made-up numbers for tests of how they are shown. */
public final class SampleRuns {
  private SampleRuns() {}

  /** A run of three tasks with every cell measured. */
  public static RunResult complete(String run, String strategy) {
    Map<String, Double> phases = new LinkedHashMap<>();
    phases.put("ENCODE", 3.25);
    phases.put("ADAPT", 1.5);
    phases.put("SEED_UPDATE", 0.75);
    return new RunResult(
        run,
        "DONE",
        "three-tasks",
        strategy,
        List.of("tops", "shoes", "bags"),
        List.of(2, 3, 4),
        List.of(
            Arrays.asList(100.0, 40.0, 20.0),
            Arrays.asList(90.0, 80.0, 30.0),
            Arrays.asList(85.0, 70.0, 95.0)),
        new Headline(83.33, 89.44, -12.5, 12.5, 3.04, 32.5),
        1536.0,
        12.34,
        phases,
        strategy.equals("auto-seed")
            ? Map.of(
                "seedFidelity", 0.91234,
                "seedFidelityControl", 0.75,
                "seedSpreadParallel", 0.5,
                "seedSpreadPerpendicular", 0.25)
            : Map.of());
  }

  /** The same run with a row that was not measured and metrics that need it missing. */
  public static RunResult withGaps(String run, String strategy) {
    RunResult full = complete(run, strategy);
    List<List<Double>> matrix = new ArrayList<>(full.matrix());
    matrix.set(1, Arrays.asList(null, null, null));
    return new RunResult(
        run,
        "RUNNING",
        full.sequence(),
        strategy,
        full.tasks(),
        full.classCounts(),
        matrix,
        new Headline(83.33, null, null, null, null, null),
        null,
        full.seconds(),
        Map.of(),
        Map.of());
  }

  /** A run of as many tasks of two classes as the matrix has rows. */
  public static RunView view(String run, String strategy, List<List<Double>> matrix) {
    return view(run, strategy, matrix.size(), matrix);
  }

  /** A run of so many tasks of two classes, as many of them measured as the matrix has rows. */
  public static RunView view(
      String run, String strategy, int taskCount, List<List<Double>> matrix) {
    List<RunView.TaskView> tasks = new ArrayList<>();
    for (int task = 0; task < taskCount; task++) {
      tasks.add(new RunView.TaskView("t-" + task, "data", List.of("a", "b"), List.of(), null));
    }
    return new RunView(
        run,
        "DONE",
        null,
        "sequence",
        "0".repeat(64),
        strategy,
        "0.1.0",
        "avx2",
        "2026-01-01T00:00:00Z",
        7.5,
        matrix,
        new Headline(null, null, null, null, null, null),
        100.0,
        Map.of(),
        Map.of(),
        Map.of("seeds", "1".repeat(64)),
        tasks,
        null,
        null,
        false,
        List.of(),
        "delivered",
        null,
        null);
  }
}
