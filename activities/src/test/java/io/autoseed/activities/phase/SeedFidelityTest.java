package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class SeedFidelityTest {
  private static final SeedSample SAMPLE = SeedSample.of(1, index -> task());
  private static final TrainingSet EXAMPLES =
      new TrainingSet(
          Tensor.of(new float[] {1, 0, 0.8f, 0.6f, 0, 1, 0.6f, 0.8f}, 4, 2),
          new int[] {0, 0, 1, 1});

  @Test
  void seedsOfClassesOutsideOfTheSampleAreLeftOut() {
    SortedMap<String, Double> without =
        SeedFidelity.of(bank(new float[] {1, 0, 0, 1}, 0, 1), SAMPLE, task -> EXAMPLES);
    SortedMap<String, Double> with =
        SeedFidelity.of(bank(new float[] {1, 0, -1, 0, 0, 1}, 0, 7, 1), SAMPLE, task -> EXAMPLES);

    assertThat(without).containsKey("seedFidelity");
    assertThat(with).isEqualTo(without);
  }

  @Test
  void oneClassOfTheSampleIsTooFewToMeasure() {
    assertThat(SeedFidelity.of(bank(new float[] {1, 0, 0, 1}, 0, 7), SAMPLE, task -> EXAMPLES))
        .isEmpty();
  }

  @Test
  void oneExampleAClassHasNoSpreadToDivideBy() {
    TrainingSet one = new TrainingSet(Tensor.of(new float[] {1, 0, 0, 1}, 2, 2), new int[] {0, 1});

    assertThat(SeedFidelity.of(bank(new float[] {1, 0, 0, 1}, 0, 1), SAMPLE, task -> one))
        .containsOnlyKeys("seedFidelity", "seedFidelityControl");
  }

  /** As the whole evaluation, of which it is the end. */
  @Test
  void itIsHeardOfToItsEndAlsoWhenItIsCancelled() {
    LearnerState bank = bank(new float[] {1, 0, 0, 1}, 0, 1);

    assertThat(
            BeatingActivity.isHeardOfDuring(
                (pulse, cancelled) ->
                    EvaluatePhase.fidelity(bank, SAMPLE, cancelled, task -> EXAMPLES, pulse)))
        .isTrue();
  }

  private static LearnerState bank(float[] vectors, int... classes) {
    return LearnerState.empty()
        .with(
            "seeds",
            TensorBundle.of(
                Map.of(
                    "v", Tensor.of(vectors, classes.length, 2),
                    "class", Tensor.of(classes, classes.length),
                    "weight", Tensor.of(new float[classes.length], classes.length))));
  }

  private static TaskDocument task() {
    ClassDocument one = new ClassDocument("one", 0, List.of("one"), List.of(), List.of());
    ClassDocument two = new ClassDocument("two", 1, List.of("two"), List.of(), List.of());
    return new TaskDocument("task", "set", "digest", true, List.of(one, two));
  }
}
