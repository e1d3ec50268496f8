package io.autoseed.learning.autoseed;

import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;

/**
 * phi and its Adam moments, carried over the tasks.
 *
 * @param phi W1 [16, 6], b1 [16], W2 [3, 16], b2 [3], beta: 164 numbers
 */
record GeneratorState(Tensor phi, Tensor first, Tensor second, int steps) {
  static final String NAME = "generator";

  /** Numbers of phi. */
  static final int SIZE = 164;

  /** W1 ~ N(0, 1/6), the rest 0. */
  static GeneratorState initial(long randomSeed) {
    float[] phi = new float[SIZE];
    float[] drawn = CounterRandom.of(randomSeed, 0, "generator", 0).gaussians(96);
    for (int i = 0; i < drawn.length; i++) {
      phi[i] = (float) (drawn[i] / StrictMath.sqrt(6));
    }
    Tensor zero = Tensor.of(new float[SIZE], SIZE);
    return new GeneratorState(Tensor.of(phi, SIZE), zero, zero, 0);
  }

  static GeneratorState of(LearnerState state, long randomSeed) {
    return state.has(NAME) ? of(state.get(NAME)) : initial(randomSeed);
  }

  static GeneratorState of(TensorBundle bundle) {
    return new GeneratorState(
        bundle.get("phi"),
        bundle.get("first-moment"),
        bundle.get("second-moment"),
        bundle.get("steps").ints()[0]);
  }

  TensorBundle bundle() {
    return TensorBundle.of(
        Map.of(
            "phi", phi,
            "first-moment", first,
            "second-moment", second,
            "steps", Tensor.of(new int[] {steps}, 1)));
  }
}
