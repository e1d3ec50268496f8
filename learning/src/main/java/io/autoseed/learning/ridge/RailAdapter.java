package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Optional;

/** The regression of RAIL over the classes learned, in one of its two forms. */
sealed interface RailAdapter permits PrimalAdapter, DualAdapter {
  /**
   * The regression with a task added; holds at least {@code class}, the class numbers learned.
   *
   * @param old the regression before the task, if there was one
   */
  TensorBundle learned(NDManager manager, Optional<TensorBundle> old, PhaseInput input);

  /** The regression that is kept in {@code kept}. */
  Regression regression(TensorBundle kept);
}
