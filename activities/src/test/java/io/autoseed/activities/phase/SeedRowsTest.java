package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.store.SeedChanges;
import io.autoseed.activities.store.SeedRow;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeedRowsTest {
  private static final Map<Integer, String> NAMES = Map.of(0, "coat", 1, "dress");

  @Test
  void aSeedIsKnownByItsClassAndVectorWhereverItStands() {
    List<SeedRow> before = rows(bank(new float[] {1, 2, 3, 4}, 0, 0));
    List<SeedRow> after = rows(bank(new float[] {3, 4, 1, 2}, 0, 1));

    SeedChanges changes = SeedChanges.between(before, after);

    assertThat(changes.born()).extracting(SeedRow::className).containsExactly("dress");
    assertThat(changes.born()).extracting(SeedRow::row).containsExactly(1);
    assertThat(changes.pruned()).containsExactly(before.get(0).id());
  }

  @Test
  void aStateWithoutSeedsHasNone() {
    LearnerState statistics =
        LearnerState.empty()
            .with("statistics", TensorBundle.of(Map.of("mean", Tensor.of(new float[2], 2))));

    assertThat(rows(statistics)).isEmpty();
  }

  private static List<SeedRow> rows(LearnerState state) {
    return SeedRows.of(state, NAMES);
  }

  private static LearnerState bank(float[] vectors, int... classes) {
    return LearnerState.empty()
        .with(
            "seeds",
            TensorBundle.of(
                Map.of(
                    "v", Tensor.of(vectors, 2, 2),
                    "class", Tensor.of(classes, 2),
                    "weight", Tensor.of(new float[] {0.5f, 0.5f}, 2))));
  }
}
