package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.statistics.Estimate;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyReportTest {
  private static Line other(String label, int orders, int differing, double adjusted) {
    return SampleStudies.line(
        label,
        "slda",
        Map.of(),
        Map.of(
            "last",
            new Difference(new Estimate(-2, -3, -1), orders, differing, adjusted, adjusted)));
  }

  private static StudyReport report(Line... others) {
    List<Line> lines = new ArrayList<>();
    lines.add(SampleStudies.line("ours", "auto-seed", Map.of(), Map.of()));
    lines.addAll(List.of(others));
    return SampleStudies.report("DONE", lines, List.of());
  }

  /** Such a study goes on when its file is run again, and its report is read before. */
  @Test
  void reportsOfOlderBuildsAreRead() {
    StudyReport now = report(other("slda", 7, 7, 0.0156));
    ObjectNode older = (ObjectNode) CanonicalJson.read(CanonicalJson.bytes(now), JsonNode.class);
    older.put("smallestP", 0.0156);
    older.remove("material");
    older
        .get("strategies")
        .forEach(
            line -> {
              ((ObjectNode) line).remove("scoresUnseen");
              line.get("differences").forEach(found -> ((ObjectNode) found).remove("differing"));
            });

    StudyReport read = CanonicalJson.read(CanonicalJson.bytes(older), StudyReport.class);

    assertThat(read.study()).isEqualTo(now.study());
    assertThat(read.strategies().get(1).differences().get("last").differing()).isNull();
    assertThat(read.undecidable()).isZero();
  }

  @Test
  void whatHolmsCorrectionTellsFromChanceIsNotCalledUndecidable() {
    assertThat(report(other("a", 8, 8, 0.0156), other("b", 8, 6, 0.03125)).undecidable()).isZero();
    assertThat(report(other("a", 8, 8, 0.0156), other("b", 8, 6, 0.4)).undecidable()).isOne();
    assertThat(report(other("a", 8, 8, 0.0156), other("b", 8, 0, 1)).undecidable()).isZero();
  }
}
