package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.activities.catalog.RunHistory.MetricRow;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.catalog.RunHistory.Whole;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.TaskRow;
import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.study.StudyMeasurements.Scope;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyDocument.Member;
import io.autoseed.learning.sequence.StudyDocument.Strategy;
import io.autoseed.workflows.MemberOutcome;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyClosing;
import io.autoseed.workflows.StudyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StudyMeasurementsTest {
  private static final int ORDERS = 7;
  private static final Scope SCOPE = new Scope("avx2", 1, 4);

  private static Strategy strategy(String label, String name) {
    return new Strategy(label, name, 3, new TreeMap<>(), List.of(1L));
  }

  /** The reference, two variants of it and one other strategy, in seven class orders. */
  private static StudyDocument study() {
    List<Strategy> strategies =
        List.of(
            strategy("ours", "auto-seed"),
            strategy("ours.a", "auto-seed"),
            strategy("ours.b", "auto-seed"),
            strategy("other", "slda"));
    List<Long> orders = LongStream.range(0, ORDERS).boxed().toList();
    List<Member> members = new ArrayList<>();
    for (long order : orders) {
      strategies.forEach(one -> members.add(new Member(one.label(), order, 1, "digest")));
    }
    return new StudyDocument("grid", strategies, "ours", orders, List.of(), members);
  }

  /** A run of one task, submitted at second {@code place}, that took a minute. */
  private static Whole run(String id, int place, double last) {
    Instant begin = Instant.ofEpochSecond(place);
    return new Whole(
        new RunRow(
            id,
            id,
            "s",
            "digest",
            "slda",
            "{}",
            1,
            "code",
            "avx2",
            "off",
            null,
            null,
            null,
            null,
            "DONE",
            null,
            begin,
            begin.plusSeconds(60),
            1,
            1,
            0,
            null),
        List.of(new TaskRow(id, 0, "t", "digest", "d", "digest", List.of("a", "b", "c", "d"))),
        List.of(
            new PhaseRow(
                id, 0, "ADAPT", 1, "m", "v", "s", "o", null, 2.5, begin, begin.plusSeconds(3))),
        List.of(new AccuracyCell("class-incremental", 0, 0, last)),
        List.of(new MetricRow(0, "PUBLISH", "last", last)),
        List.of(),
        Optional.empty());
  }

  private static StudyReport report(int done) {
    StudyDocument study = study();
    Map<Integer, MemberOutcome> outcomes = new HashMap<>();
    Map<String, Whole> runs = new HashMap<>();
    for (int m = 0; m < done; m++) {
      Member member = study.members().get(m);
      double last = member.label().equals("ours") ? 50 : 60 + member.order();
      runs.put(member.name(), run(member.name(), m, last));
      outcomes.put(m, new MemberOutcome(m, member.name(), RunState.DONE, null));
    }
    return new StudyMeasurements(run -> Optional.ofNullable(runs.get(run)))
        .report(
            study,
            SCOPE,
            new StudyClosing("grid-1", StudyState.STOPPED, List.of(), "cancelled on request"),
            outcomes);
  }

  @Test
  void eachFamilyIsCorrectedByItself() {
    StudyReport report = report(4 * ORDERS);

    assertThat(report.strategies())
        .filteredOn(line -> !line.label().equals("ours"))
        .extracting(line -> line.differences().get("last").adjusted())
        .containsExactly(4.0 / 128, 4.0 / 128, 2.0 / 128);
    assertThat(report.significantOrders()).isEqualTo(ORDERS);
    assertThat(report.conclusive()).isTrue();
    assertThat(report.families().variants()).containsExactly("ours.a", "ours.b");
  }

  @Test
  void runsAreReducedToMeansAndTheTimeFromTheFirstToTheLast() {
    StudyReport report = report(4 * ORDERS);

    Line other = report.strategies().get(3);
    assertThat(other.cells()).isEqualTo(ORDERS);
    assertThat(other.means().get("last").estimate().value()).isEqualTo(63);
    assertThat(other.means().get("secondsPerTask").estimate().value())
        .isCloseTo(2.5, within(1e-12));
    assertThat(other.matrix()).containsExactly(List.of(63.0));
    assertThat(report.seconds()).isEqualTo(4 * ORDERS - 1 + 60);
  }

  @Test
  void aStudyOfWhichNothingIsDoneSaysWhatItsRunsWouldHaveBeen() {
    StudyReport report = report(0);

    assertThat(report.tasks()).isEqualTo(1);
    assertThat(report.classes()).isEqualTo(4);
    assertThat(report.seconds()).isZero();
    assertThat(report.cells()).hasSize(4 * ORDERS);
    assertThat(report.missing()).hasSize(4 * ORDERS);
  }
}
