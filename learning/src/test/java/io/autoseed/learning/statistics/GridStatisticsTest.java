package io.autoseed.learning.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import io.autoseed.learning.statistics.GridStatistics.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GridStatisticsTest {
  private final List<Observation> observations = new ArrayList<>();

  private void measured(String label, long order, long seed, double last) {
    observations.add(new Observation(label, order, seed, Map.of("last", last)));
  }

  private GridStatistics statistics() {
    return new GridStatistics(observations);
  }

  @Test
  void randomSeedsAreAveragedInsideAnOrderBeforeOrdersAre() {
    measured("a", 0, 1, 10);
    measured("a", 0, 2, 20);
    measured("a", 0, 3, 30);
    measured("a", 1, 1, 40);

    Mean mean = statistics().mean("a", "last").orElseThrow();

    assertThat(mean.orders()).isEqualTo(2);
    assertThat(mean.estimate()).isEqualTo(new Estimate(30, 20, 40));
    assertThat(statistics().mean("a", "avg")).isEmpty();
  }

  @Test
  void differencesArePairedByOrder() {
    for (int order = 0; order < 8; order++) {
      measured("a", order, 1, 50 + 10 * order);
      measured("b", order, 1, 51 + 10 * order);
    }
    measured("a", 100, 1, 0); // b was not measured on it

    Difference difference = statistics().differences(List.of("a", "b"), "a", "last").get("b");

    assertThat(difference.estimate()).isEqualTo(new Estimate(1, 1, 1));
    assertThat(difference.orders()).isEqualTo(8);
    assertThat(difference.pValue()).isEqualTo(2.0 / 256);
    assertThat(difference.significant()).isTrue();
  }

  @Test
  void holmCountsTheStrategiesThatAreCompared() {
    for (int order = 0; order < 6; order++) {
      measured("reference", order, 1, 50);
      measured("better", order, 1, 60 + order);
      measured("alike", order, 1, order % 2 == 0 ? 51 : 49);
    }

    Map<String, Difference> differences =
        statistics().differences(List.of("reference", "better", "alike"), "reference", "last");

    assertThat(differences).containsOnlyKeys("better", "alike");
    assertThat(differences.get("better").pValue()).isEqualTo(2.0 / 64);
    assertThat(differences.get("better").adjusted()).isCloseTo(4.0 / 64, within(1e-12));
    assertThat(differences.get("better").significant()).isFalse();
    assertThat(differences.get("alike").adjusted()).isEqualTo(1);
  }

  @Test
  void aStrategyWithoutACommonOrderIsNotCompared() {
    measured("a", 0, 1, 10);
    measured("b", 1, 1, 20);

    assertThat(statistics().differences(List.of("a", "b"), "a", "last")).isEmpty();
  }

  @Test
  void theSameObservationsGiveTheSameInterval() {
    for (int order = 0; order < 8; order++) {
      measured("a", order, 1, 7 * order % 5);
    }
    Estimate once = statistics().mean("a", "last").orElseThrow().estimate();

    assertThat(statistics().mean("a", "last").orElseThrow().estimate()).isEqualTo(once);
    assertThat(once.low()).isLessThan(once.value());
    assertThat(once.high()).isGreaterThan(once.value());
  }
}
