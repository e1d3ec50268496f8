package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonFamiliesTest {
  private static ComparisonFamilies others(int count) {
    return new ComparisonFamilies(
        List.of(), IntStream.range(0, count).mapToObj(String::valueOf).toList());
  }

  @Test
  void variantsOfTheReferencesStrategyAreAFamilyOfTheirOwn() {
    Map<String, String> strategies = new LinkedHashMap<>();
    strategies.put("slda", "slda");
    strategies.put("auto-seed", "auto-seed");
    strategies.put("auto-seed.no-meta", "auto-seed");
    strategies.put("er", "er");
    strategies.put("er.5", "er");

    assertThat(ComparisonFamilies.of("auto-seed", strategies))
        .isEqualTo(
            new ComparisonFamilies(List.of("auto-seed.no-meta"), List.of("slda", "er", "er.5")));
  }

  @Test
  void moreComparisonsTakeMoreOrders() {
    assertThat(others(0).significantOrders()).isEqualTo(6);
    assertThat(others(1).significantOrders()).isEqualTo(6);
    assertThat(others(2).significantOrders()).isEqualTo(7);
    assertThat(others(6).significantOrders()).isEqualTo(8);
    assertThat(others(20).significantOrders()).isEqualTo(10);
  }
}
