package io.autoseed.learning.statistics;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
    return statistics(1);
  }

  /** Of strategies that are all run with as many random seeds in an order. */
  private GridStatistics statistics(int randomSeeds) {
    return new GridStatistics(
        observations,
        observations.stream()
            .map(Observation::label)
            .distinct()
            .collect(toMap(label -> label, label -> randomSeeds)));
  }

  @Test
  void randomSeedsAreAveragedInsideAnOrderBeforeOrdersAre() {
    measured("a", 0, 1, 10);
    measured("a", 0, 2, 20);
    measured("a", 0, 3, 30);
    measured("a", 1, 1, 39);
    measured("a", 1, 2, 40);
    measured("a", 1, 3, 41);

    Mean mean = statistics(3).mean("a", "last").orElseThrow();

    assertThat(mean.orders()).isEqualTo(2);
    assertThat(mean.estimate()).isEqualTo(new Estimate(30, 20, 40));
    assertThat(statistics(3).mean("a", "avg")).isEmpty();
  }

  @Test
  void anOrderThatLacksARandomSeedDoesNotCountForItsStrategy() {
    for (int seed = 1; seed <= 3; seed++) {
      measured("a", 0, seed, 50);
      measured("b", 0, seed, 51);
      measured("b", 1, seed, 90);
    }
    measured("a", 1, 1, 80); // stopped here
    measured("a", 2, 1, 80);
    measured("a", 2, 2, 80);
    observations.add(new Observation("a", 2, 3, Map.of())); // could not be measured

    assertThat(statistics(3).mean("a", "last")).hasValue(new Mean(new Estimate(50, 50, 50), 1));
    Difference difference = statistics(3).differences(List.of("a", "b"), "a", "last").get("b");
    assertThat(difference.orders()).isEqualTo(1);
    assertThat(difference.estimate()).isEqualTo(new Estimate(1, 1, 1));
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
  void holmCountsTheStrategiesThatWereToBeComparedAndCouldNotBe() {
    for (int order = 0; order < 6; order++) {
      measured("reference", order, 1, 50);
      measured("better", order, 1, 60 + order);
    }
    observations.add(new Observation("unmeasured", 0, 1, Map.of()));

    Map<String, Difference> differences =
        statistics()
            .differences(
                List.of("reference", "unmeasured", "better", "failed"), "reference", "last");

    assertThat(differences).containsOnlyKeys("better");
    assertThat(differences.get("better").pValue()).isEqualTo(2.0 / 64);
    assertThat(differences.get("better").adjusted()).isCloseTo(6.0 / 64, within(1e-12));
  }

  @Test
  void aStrategyWithoutACommonOrderIsNotCompared() {
    measured("a", 0, 1, 10);
    measured("b", 1, 1, 20);

    assertThat(statistics().differences(List.of("a", "b"), "a", "last")).isEmpty();
  }

  @Test
  void aMeasuredStrategyOfUnknownRandomSeedsIsRefused() {
    measured("a", 0, 1, 10);

    assertThatThrownBy(() -> new GridStatistics(observations, Map.of("b", 1)))
        .hasMessage("label 'a' was measured; expected one of [b]");
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
