package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.activities.catalog.RunHistory.PastRun;
import io.autoseed.activities.study.StudyEstimate.Pace;
import io.autoseed.learning.sequence.StudyDocument.Member;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudyEstimateTest {
  private static final int TASKS = 10;

  private static Member member(String label, long order) {
    return new Member(label, order, 1993, "digest");
  }

  private static StudyEstimate estimate(
      Pace pace, Map<String, List<PastRun>> past, Member... members) {
    return StudyEstimate.of(List.of(members), TASKS, pace, past);
  }

  @Test
  void computingIsSharedByTheWorkersAndTheRestByTheRunsUnderWay() {
    // A task computed for 36 s and waited 12 s: 36 / 2 + 12 / 4 = 21 s each.
    List<PastRun> past = List.of(new PastRun(5, 180, 60, 0));

    StudyEstimate estimate =
        estimate(new Pace(4, 2), Map.of("a", past), member("a", 0), member("a", 1));

    assertThat(estimate.hours()).isCloseTo(2 * TASKS * 21 / 3600.0, within(1e-12));
    assertThat(estimate.unknown()).isEmpty();
  }

  @Test
  void fewerRunsThanWorkersLeaveWorkersIdle() {
    List<PastRun> past = List.of(new PastRun(1, 36, 0, 0));

    assertThat(estimate(new Pace(1, 8), Map.of("a", past), member("a", 0)).hours())
        .isCloseTo(TASKS * 36 / 3600.0, within(1e-12));
  }

  @Test
  void timeThatARunWaitedForOthersIsNotItsOwn() {
    List<PastRun> past = List.of(new PastRun(1, 10, 500, 0), new PastRun(1, 20, 3, 0));

    assertThat(estimate(new Pace(1, 1), Map.of("a", past), member("a", 0)).hours())
        .isCloseTo(TASKS * (15 + 3) / 3600.0, within(1e-12));
  }

  @Test
  void bytesAreThoseOfSuchRunsTaskByTask() {
    List<PastRun> past = List.of(new PastRun(5, 1, 0, 5_000), new PastRun(10, 1, 0, 30_000));

    assertThat(estimate(new Pace(4, 2), Map.of("a", past), member("a", 0), member("b", 0)).bytes())
        .isEqualTo(TASKS * (1_000 + 3_000) / 2);
  }

  @Test
  void strategiesWithoutAPastAreNamedAndNotCounted() {
    StudyEstimate estimate =
        estimate(
            new Pace(1, 1),
            Map.of("a", List.of(new PastRun(1, 36, 0, 0)), "b", List.of()),
            member("a", 0),
            member("b", 0),
            member("c", 0));

    assertThat(estimate.hours()).isCloseTo(TASKS * 36 / 3600.0, within(1e-12));
    assertThat(estimate.unknown()).containsExactlyInAnyOrder("b", "c");
  }
}
