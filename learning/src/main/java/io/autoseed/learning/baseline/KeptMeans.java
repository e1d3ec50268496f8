package io.autoseed.learning.baseline;

import ai.djl.ndarray.NDArray;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import java.util.Map;

/**
 * Means of the classes learned, as an object of the learner state.
 *
 * @param classes class numbers, [C]
 * @param means float32 [C, d]
 */
public record KeptMeans(int[] classes, Tensor means) {
  static final String NAME = "means";

  /** Those of a state that has some. */
  public static KeptMeans of(LearnerState state) {
    TensorBundle kept = state.get(NAME);
    return new KeptMeans(kept.get("class").ints(), kept.get("mean"));
  }

  /**
   * The input's state with the means of its task's classes added.
   *
   * @param task float32 [classes of the task, d]
   */
  public static LearnerState with(PhaseInput input, NDArray task) {
    TensorBundle added =
        TensorBundle.of(
            Map.of(
                "class", Tensor.of(input.classes().numbers(), input.classes().count()),
                "mean", NdArrays.toTensor(task)));
    LearnerState old = input.state();
    return old.with(NAME, old.has(NAME) ? Rows.append(old.get(NAME), added) : added);
  }

  /** One example a class: its mean. */
  TrainingSet examples() {
    return new TrainingSet(means, classes);
  }
}
