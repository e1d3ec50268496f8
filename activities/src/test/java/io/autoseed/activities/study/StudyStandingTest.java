package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.RunHistory.MemberRow;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyDocument.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StudyStandingTest {
  private static final StudyDocument FOUR =
      new StudyDocument(
          "grid",
          List.of(),
          "slda",
          List.of(0L, 1L, 2L, 3L),
          List.of(),
          LongStream.range(0, 4)
              .mapToObj(order -> new Member("slda", order, 7, "d" + order))
              .toList());

  private static MemberRow run(String id, String state) {
    return new MemberRow(id, state, Instant.parse("2026-01-01T00:00:00Z"));
  }

  private static StudyStanding standing(StudyReport report, MemberRow... rows) {
    return standing(report, Set.of(), rows);
  }

  private static StudyStanding standing(
      StudyReport report, Set<String> elsewhere, MemberRow... rows) {
    return StudyStanding.of(
        "grid-1",
        FOUR,
        List.of(rows),
        () -> Optional.ofNullable(report).map(StudyStanding.Ending::of),
        () -> elsewhere);
  }

  /** A report of as many runs that are done. */
  private static StudyReport report(String state, int done) {
    List<StudyReport.Cell> cells =
        LongStream.range(0, 4)
            .mapToObj(
                order ->
                    new StudyReport.Cell(
                        "r",
                        "slda",
                        order,
                        7,
                        order < done ? "DONE" : "FAILED",
                        null,
                        "code",
                        new TreeMap<>()))
            .toList();
    return SampleStudies.report(state, List.of(), cells);
  }

  @Test
  void aStudyWithoutARunIsSubmitted() {
    assertThat(standing(null))
        .isEqualTo(new StudyStanding("grid-1", "grid", "SUBMITTED", 4, 0, 0, 0, null, null));
  }

  @Test
  void aMemberCountsOnceByItsNewestRun() {
    assertThat(
            standing(
                null,
                run("grid-1-slda-o0-s7", "DONE"),
                run("grid-1-slda-o1-s7", "FAILED"),
                run("grid-1-slda-o1-s7-2", "RUNNING"),
                run("grid-1-slda-o2-s7", "CANCELLED")))
        .isEqualTo(
            new StudyStanding(
                "grid-1", "grid", "RUNNING", 4, 1, 1, 1, "2026-01-01T00:00:00Z", null));
  }

  @Test
  void runsThatAnotherStudyHasDoneCountWhileItIsUnderWay() {
    StudyStanding standing =
        standing(
            null,
            Set.of("d0", "d1", "d3"),
            run("grid-1-slda-o1-s7", "RUNNING"),
            run("grid-1-slda-o2-s7", "DONE"),
            run("grid-1-slda-o3-s7", "CANCELLED"));

    assertThat(standing.done()).isEqualTo(3);
    assertThat(standing.running()).isEqualTo(1);
    assertThat(standing.failed()).isZero();
  }

  @Test
  void ofAStudyThatHasEndedThoseCountThatItsReportTookOverAndNoLaterOnes() {
    StudyStanding standing =
        standing(report("STOPPED", 2), Set.of("d0", "d3"), run("grid-1-slda-o1-s7", "DONE"));

    assertThat(standing.state()).isEqualTo("STOPPED");
    assertThat(standing.done()).isEqualTo(2);
  }

  @Test
  void aStudyThatHasEndedStandsAsItsReportSays() {
    assertThat(standing(report("STOPPED", 1), run("grid-1-slda-o0-s7", "DONE")).state())
        .isEqualTo("STOPPED");
  }

  @Test
  void aStudyThatWasStoppedBeforeItsFirstRunIsStopped() {
    assertThat(standing(report("STOPPED", 0)).state()).isEqualTo("STOPPED");
  }

  @Test
  void aStudyThatEndedWithoutAReportHasFailedUnlessOneOfItsRunsIsUnderWay() {
    StudyStanding failed = failed("the report cannot be written", "DONE");
    assertThat(failed.state()).isEqualTo("FAILED");
    assertThat(failed.failure()).isEqualTo("the report cannot be written");
    assertThat(failed.open()).isFalse();

    StudyStanding again = failed("the report cannot be written", "RUNNING");
    assertThat(again.state()).isEqualTo("RUNNING");
    assertThat(again.failure()).isNull();
  }

  private static StudyStanding failed(String reason, String run) {
    return StudyStanding.of(
        "grid-1",
        FOUR,
        List.of(run("grid-1-slda-o0-s7", run)),
        () -> Optional.of(StudyStanding.Ending.failed(reason)),
        Set::of);
  }

  @Test
  void aStudyIsOpenUntilAReportSaysHowItEnded() {
    assertThat(standing(null).open()).isTrue();
    assertThat(standing(null, run("grid-1-slda-o0-s7", "FAILED")).open()).isTrue();
    assertThat(standing(report("STOPPED", 0)).open()).isFalse();
  }

  @Test
  void aReportFromBeforeTheStudyWentOnIsNotBelieved() {
    assertThat(
            standing(
                    report("STOPPED", 1),
                    run("grid-1-slda-o0-s7", "DONE"),
                    run("grid-1-slda-o1-s7", "DONE"))
                .state())
        .isEqualTo("RUNNING");
  }
}
