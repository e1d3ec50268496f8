package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

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
    List<Map.Entry<String, String>> strategies =
        List.of(
            Map.entry("slda", "slda"),
            Map.entry("auto-seed", "auto-seed"),
            Map.entry("auto-seed.no-meta", "auto-seed"),
            Map.entry("er", "er"),
            Map.entry("er.5", "er"));

    assertThat(
            ComparisonFamilies.of("auto-seed", strategies, Map.Entry::getKey, Map.Entry::getValue))
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
