package io.autoseed.learning.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HolmTest {
  @Test
  void theSmallestCountsForAllAndNoneFallsBelowOneBeforeIt() {
    List<Double> adjusted = Holm.adjusted(List.of(0.01, 0.04, 0.03, 0.005));

    assertThat(adjusted.get(3)).isCloseTo(0.02, within(1e-12)); // 4 x 0.005
    assertThat(adjusted.get(0)).isCloseTo(0.03, within(1e-12)); // 3 x 0.01
    assertThat(adjusted.get(2)).isCloseTo(0.06, within(1e-12)); // 2 x 0.03
    assertThat(adjusted.get(1)).isCloseTo(0.06, within(1e-12)); // 1 x 0.04, below the one before
  }

  @Test
  void oneComparisonIsNotCorrectedAndNoneIsAboveOne() {
    assertThat(Holm.adjusted(List.of(0.2))).containsExactly(0.2);
    assertThat(Holm.adjusted(List.of(0.7, 0.9))).containsExactly(1.0, 1.0);
    assertThat(Holm.adjusted(List.of())).isEmpty();
  }
}
