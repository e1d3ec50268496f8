package io.autoseed.activities.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyTrackingTest {
  private static Line line(String label, Map<String, Mean> means, Map<String, Difference> found) {
    return new Line(
        label,
        label,
        1,
        new TreeMap<>(),
        List.of(1L),
        8,
        new TreeMap<>(means),
        new TreeMap<>(found),
        List.of());
  }

  private static StudyReport report(Line... lines) {
    return new StudyReport(
        "grid-1",
        "grid",
        "DONE",
        null,
        "avx2",
        1,
        2,
        null,
        List.of(0L),
        List.of(),
        "ours",
        1,
        1,
        List.of(),
        List.of(lines),
        List.of(),
        null,
        1,
        null,
        "2026-01-01T00:00:00Z");
  }

  @Test
  void everyNumberOfTheReportHasANameOfItsOwn() {
    Line ours = line("ours", Map.of("last", new Mean(new Estimate(70, 69, 71), 8)), Map.of());
    Line slda =
        line(
            "slda",
            Map.of("fwt", new Mean(new Estimate(1, 0, 2), 8)),
            Map.of("last", new Difference(new Estimate(-2, -3, -1), 8, 0.0078, 0.0156)));

    assertThat(StudyTracking.values(report(ours, slda)))
        .containsOnly(
            entry("last/ours/mean", 70.0),
            entry("last/ours/low", 69.0),
            entry("last/ours/high", 71.0),
            entry("fwt/slda/mean", 1.0),
            entry("fwt/slda/low", 0.0),
            entry("fwt/slda/high", 2.0),
            entry("last/slda/difference", -2.0),
            entry("last/slda/difference-low", -3.0),
            entry("last/slda/difference-high", -1.0),
            entry("last/slda/p", 0.0078),
            entry("last/slda/p-holm", 0.0156));
  }

  @Test
  void whatIsMoreThanMlflowTakesAtATimeIsHandedOnInItsOrder() {
    List<Integer> all = IntStream.range(0, 101).boxed().toList();
    List<List<Integer>> batches = new ArrayList<>();

    StudyTracking.batches(all, batches::add);

    assertThat(batches).containsExactly(all.subList(0, 100), List.of(100));
  }
}
