package io.autoseed.learning.baseline;

import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;

/** S and n, the scatter within classes of all tasks so far, as an object of the learner state. */
final class Statistics {
  static final String NAME = "statistics";

  private Statistics() {}

  static Scatter of(LearnerState state, int d) {
    if (!state.has(NAME)) {
      return Scatter.none(d);
    }
    TensorBundle kept = state.get(NAME);
    return new Scatter(Symmetric.of(kept.get("within")), kept.get("freedom").doubles()[0]);
  }

  static TensorBundle bundle(Scatter within) {
    return TensorBundle.of(
        Map.of(
            "within", within.sum().tensor(),
            "freedom", Tensor.of(new double[] {within.freedom()}, 1)));
  }
}
