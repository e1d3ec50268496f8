package io.autoseed.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.study.StudyEstimate;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EstimateTextTest {
  @Test
  void runsDoneAlreadyAreCounted() {
    assertThat(EstimateText.lines(new StudyEstimate(8, 1.5, 2_000_000_000L, Set.of()), 10))
        .containsExactly(
            "2 of these runs are done already, in this study or in an earlier one of its name;"
                + " each counts once its turn has come",
            "estimate: 1.5 h for 8 runs, and 2.0 GB in the store,"
                + " from what earlier runs of the same strategies took");
  }

  @Test
  void nothingIsEstimatedOfNothing() {
    assertThat(EstimateText.lines(new StudyEstimate(0, 0, 0, Set.of()), 10))
        .singleElement()
        .asString()
        .startsWith("10 of these runs are done already");
  }

  @Test
  void strategiesThatNoRunTellsOfAreNamedInOrderAndNothingIsEstimated() {
    assertThat(EstimateText.lines(new StudyEstimate(2, 0, 0, Set.of("slda", "er")), 2))
        .containsExactly(
            "no earlier run says how long these take; known after the first of each: er, slda");
  }

  @Test
  void whatIsKnownOfSomeIsEstimatedBesideTheNamesOfTheOthers() {
    assertThat(EstimateText.lines(new StudyEstimate(3, 2, 1_000L, Set.of("er")), 3))
        .satisfiesExactly(
            known -> assertThat(known).startsWith("estimate: 2.0 h for 3 runs"),
            unknown -> assertThat(unknown).endsWith(": er"));
  }
}
