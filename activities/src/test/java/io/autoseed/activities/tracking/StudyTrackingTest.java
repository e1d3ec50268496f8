package io.autoseed.activities.tracking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.autoseed.activities.study.SampleStudies;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StudyTrackingTest {
  @Test
  void everyNumberOfTheReportHasANameOfItsOwn() {
    Line ours =
        SampleStudies.line(
            "ours", "ours", Map.of("last", new Mean(new Estimate(70, 69, 71), 8)), Map.of());
    Line slda =
        SampleStudies.line(
            "slda",
            "slda",
            Map.of(
                "fwt",
                new Mean(new Estimate(1, 0, 2), 8),
                "bwt",
                new Mean(new Estimate(3, 3, 3), 1)),
            Map.of("last", new Difference(new Estimate(-2, -3, -1), 8, 8, 0.0078, 0.0156)));

    assertThat(StudyTracking.values(SampleStudies.report("DONE", List.of(ours, slda), List.of())))
        .containsOnly(
            entry("last/ours/mean", 70.0),
            entry("last/ours/low", 69.0),
            entry("last/ours/high", 71.0),
            entry("fwt/slda/mean", 1.0),
            entry("fwt/slda/low", 0.0),
            entry("fwt/slda/high", 2.0),
            entry("bwt/slda/mean", 3.0),
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
