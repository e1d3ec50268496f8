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

  private static final int SIZE_WITH_KAPPA = 181;

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
        withoutKappa(bundle.get("phi")),
        withoutKappa(bundle.get("first-moment")),
        withoutKappa(bundle.get("second-moment")),
        bundle.get("steps").ints()[0]);
  }

  /**
   * Until version 2 the generator had four outputs, W2 [4, 16] and b2 [4]; its first, for kappa, is
   * left out of what a run of then goes on with.
   */
  private static Tensor withoutKappa(Tensor tensor) {
    float[] all = tensor.floats();
    if (all.length == SIZE) {
      return tensor;
    }
    if (all.length != SIZE_WITH_KAPPA) {
      throw new IllegalArgumentException(
          "the generator of " + NAME + " has " + all.length + " numbers, expected " + SIZE);
    }
    float[] kept = new float[SIZE];
    System.arraycopy(all, 0, kept, 0, 112);
    System.arraycopy(all, 128, kept, 112, 48);
    System.arraycopy(all, 177, kept, 160, 4);
    return Tensor.of(kept, SIZE);
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
