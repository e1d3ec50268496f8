package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeedChangesTest {
  private static SeedRow seed(String id, int row) {
    return new SeedRow(id, 0, "coat", "seeds.safetensors", row, 1);
  }

  @Test
  void seedsAreToldApartByIdAndNotByRow() {
    SeedChanges changes =
        SeedChanges.between(
            List.of(seed("a", 0), seed("b", 1), seed("c", 2)), List.of(seed("c", 0), seed("d", 1)));

    assertThat(changes.born()).containsExactly(seed("d", 1));
    assertThat(changes.pruned()).containsExactly("a", "b");
  }
}
