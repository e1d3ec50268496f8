package io.autoseed.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CellRowTest {
  private final List<Double> row = Arrays.asList(null, 50.0, null, 75.0);

  @Test
  void itEqualsTheListOfItsCellsAndOfTheGapsBetween() {
    assertThat(CellRow.of(row)).isEqualTo(row).hasSameHashCodeAs(row);
    assertThat(CellRow.of(4, Map.of(3, 75.0, 1, 50.0))).isEqualTo(row);
  }

  @Test
  void itTellsWhatWasMeasured() {
    assertThat(CellRow.of(row).measured()).isEqualTo(Map.of(1, 50.0, 3, 75.0));
  }

  @Test
  void itIsCutOrFilledWithGapsToAnotherSize() {
    assertThat(CellRow.of(row).resized(2)).containsExactly(null, 50.0);
    assertThat(CellRow.of(row).resized(5)).containsExactly(null, 50.0, null, 75.0, null);
  }

  @Test
  void aCellOutsideOfItIsRefused() {
    assertThatThrownBy(() -> CellRow.of(2, Map.of(2, 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of 2 tasks has no cells of tasks [2]");
    assertThatThrownBy(() -> CellRow.of(row).get(4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> CellRow.of(row).get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
  }
}
