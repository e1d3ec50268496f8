package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.study.MemberRuns.Lost;
import io.autoseed.activities.study.MemberRuns.MemberRun;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyDocument.Member;
import io.autoseed.workflows.MemberOutcome;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyClosing;
import io.autoseed.workflows.StudyState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MemberRunsTest {
  private final Map<String, String> catalog = new HashMap<>();
  private final Map<String, String> reasons = new HashMap<>();
  private final Map<String, String> elsewhere = new HashMap<>();
  private final MemberRuns runs =
      new MemberRuns(
          "grid-1",
          run ->
              Optional.ofNullable(catalog.get(run))
                  .map(state -> new MemberRuns.Known(state, reasons.get(run))),
          sequence -> Optional.ofNullable(elsewhere.get(sequence)));

  private static Member member(long order) {
    return new Member("slda", order, 7, "digest-" + order);
  }

  private static StudyDocument study(Member... members) {
    return new StudyDocument(
        "grid", List.of(), "slda", List.of(0L, 1L, 2L), List.of(), List.of(members));
  }

  private static StudyClosing closing(MemberOutcome... ended) {
    return new StudyClosing("grid-1", StudyState.STOPPED, List.of(ended), "cancelled on request");
  }

  private static MemberRun open(String id) {
    return new MemberRun(id, false, Optional.empty());
  }

  @Test
  void theNextRunTakesThePlaceOfOnesThatWereLost() {
    assertThat(runs.of(member(0))).isEqualTo(open("grid-1-slda-o0-s7"));

    catalog.put("grid-1-slda-o0-s7", "CANCELLED");
    catalog.put("grid-1-slda-o0-s7-2", "FAILED");
    assertThat(runs.of(member(0)))
        .isEqualTo(
            new MemberRun(
                "grid-1-slda-o0-s7-3",
                false,
                Optional.of(new Lost("grid-1-slda-o0-s7-2", RunState.FAILED, null))));

    catalog.put("grid-1-slda-o0-s7-3", "DONE");
    assertThat(runs.of(member(0)))
        .extracting(MemberRun::id, MemberRun::done)
        .containsExactly("grid-1-slda-o0-s7-3", true);
  }

  @Test
  void theNextRunGoesOnFromOneThatWasCancelled() {
    catalog.put("grid-1-slda-o0-s7", "FAILED");
    catalog.put("grid-1-slda-o0-s7-2", "CANCELLED");

    assertThat(runs.of(member(0)).id()).isEqualTo("grid-1-slda-o0-s7-3");
    assertThat(runs.of(member(0)).cancelled()).contains("grid-1-slda-o0-s7-2");
    catalog.put("grid-1-slda-o0-s7-3", "FAILED");
    assertThat(runs.of(member(0)).cancelled()).isEmpty();
  }

  @Test
  void aRunThatAnotherStudyHasDoneIsTakenOverWhereNoneIsUnderWayOrDone() {
    catalog.put("grid-1-slda-o0-s7", "DONE");
    catalog.put("grid-1-slda-o1-s7", "RUNNING");
    catalog.put("grid-1-slda-o2-s7", "CANCELLED");
    for (long order = 0; order < 4; order++) {
      elsewhere.put("digest-" + order, "grid-0-slda-o" + order + "-s7");
    }

    assertThat(List.of(member(0), member(1), member(2), member(3)))
        .extracting(runs::of)
        .containsExactly(
            new MemberRun("grid-1-slda-o0-s7", true, Optional.empty()),
            open("grid-1-slda-o1-s7"),
            new MemberRun("grid-0-slda-o2-s7", true, Optional.empty()),
            new MemberRun("grid-0-slda-o3-s7", true, Optional.empty()));
  }

  @Test
  void membersThatAreDoneAreNotLeft() {
    catalog.put("grid-1-slda-o0-s7", "DONE");
    catalog.put("grid-1-slda-o1-s7", "RUNNING");

    assertThat(runs.left(List.of(member(0), member(1), member(2))))
        .containsExactly(member(1), member(2));
  }

  @Test
  void runsThatWereDoneBeforeCountThoughTheyWereNotOpenedAgain() {
    catalog.put("grid-1-slda-o1-s7", "DONE");
    catalog.put("grid-1-slda-o2-s7", "CANCELLED");
    MemberOutcome done = new MemberOutcome(0, "grid-1-slda-o0-s7", RunState.DONE, null);
    MemberOutcome cancelled =
        new MemberOutcome(2, "grid-1-slda-o2-s7", RunState.CANCELLED, "cancelled on request");

    assertThat(
            runs.outcomes(
                study(member(0), member(1), member(2), member(3)), closing(done, cancelled)))
        .isEqualTo(
            Map.of(
                0,
                done,
                1,
                new MemberOutcome(1, "grid-1-slda-o1-s7", RunState.DONE, null),
                2,
                cancelled));
  }

  @Test
  void aRunThatWasLostBeforeIsStillLostThoughItsClassOrderWasNotAskedForAgain() {
    catalog.put("grid-1-slda-o1-s7", "CANCELLED");
    catalog.put("grid-1-slda-o1-s7-2", "FAILED");
    reasons.put("grid-1-slda-o1-s7-2", "disk full");

    catalog.put("grid-1-slda-o2-s7", "FAILED");
    catalog.put("grid-1-slda-o2-s7-2", "RUNNING");

    assertThat(runs.outcomes(study(member(0), member(1), member(2)), closing()))
        .isEqualTo(
            Map.of(1, new MemberOutcome(1, "grid-1-slda-o1-s7-2", RunState.FAILED, "disk full")));
  }
}
