package io.autoseed.activities.commit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.store.StoredObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhaseProductTest {
  @ParameterizedTest
  @ValueSource(strings = {"../x", "/x", "a//b", "a/../b", "", ".hidden", "manifests/0/ADAPT.json"})
  void aNameThatLeavesTheRunsOwnKeysIsRefused(String name) {
    assertThatThrownBy(() -> PhaseProduct.of(Map.of(name, new byte[1]), Map.of(), Map.of(), 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("object name");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
  void aMetricThatIsNoNumberIsRefused(double value) {
    assertThatThrownBy(() -> PhaseProduct.of(Map.of(), Map.of(), Map.of("loss", value), 0))
        .hasMessageContaining("loss");
  }

  @Test
  void anObjectIsEitherNewOrPlaced() {
    StoredObject placed = new StoredObject("key", "v", "a".repeat(64), 1);

    assertThatThrownBy(
            () -> PhaseProduct.of(Map.of("x", new byte[1]), Map.of("x", placed), Map.of(), 0))
        .hasMessageContaining("'x'");
  }
}
