package io.autoseed.activities.study;

import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reports of a made-up study, for tests. */
public final class SampleStudies {
  private SampleStudies() {}

  /** Two classes in one task, reference {@code ours}; beside the arguments nothing in it. */
  public static StudyReport report(String state, List<Line> lines, List<Cell> cells) {
    return new StudyReport(
        "grid-1",
        "grid",
        state,
        null,
        "avx2",
        null,
        1,
        2,
        null,
        List.of(3L),
        List.of(),
        "ours",
        1,
        List.of(),
        lines,
        cells,
        null,
        1,
        null,
        "2026-01-01T00:00:00Z");
  }

  /** A strategy of one random seed that was measured so. */
  public static Line line(
      String label, String strategy, Map<String, Mean> means, Map<String, Difference> differences) {
    return new Line(
        label,
        strategy,
        1,
        true,
        new TreeMap<>(),
        List.of(1L),
        1,
        new TreeMap<>(means),
        new TreeMap<>(differences),
        List.of());
  }
}
