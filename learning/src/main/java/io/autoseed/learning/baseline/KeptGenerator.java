package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.vae.Decoder;
import io.autoseed.learning.vae.Standardisation;
import io.autoseed.learning.vae.VaeShape;
import java.util.Map;

/**
 * The one autoencoder of {@link GenerativeReplay}, as an object of the learner state: 1.7 MB at d =
 * 512, however many classes it has learned.
 *
 * @param weights of {@link VaeShape#layout}, float32
 * @param standard of the rows it was trained on last
 */
record KeptGenerator(VaeShape shape, Tensor weights, Standardisation standard) {
  private static final String NAME = "generator";

  /** Few numbers a code: with CGIL's 256, what is drawn lies between classes. */
  static VaeShape shape(int d) {
    return new VaeShape(d, 256, 32);
  }

  static boolean in(LearnerState state) {
    return state.has(NAME);
  }

  static KeptGenerator of(LearnerState state) {
    TensorBundle kept = state.get(NAME);
    Standardisation standard = new Standardisation(kept.get("centre"), kept.get("scale"));
    VaeShape shape = shape(kept.get("centre").size(0));
    return new KeptGenerator(shape, kept.get("weights"), standard);
  }

  /** The weights that training starts from: those of the task before, or drawn at random. */
  static float[] start(PhaseInput input, VaeShape shape) {
    return in(input.state())
        ? of(input.state()).weights.floats()
        : shape.layout().initial(CounterRandom.of(input.randomSeed(), 0, "generator", 0));
  }

  LearnerState addedTo(LearnerState state) {
    return state.with(
        NAME,
        TensorBundle.of(
            Map.of("weights", weights, "centre", standard.centre(), "scale", standard.scale())));
  }

  Decoder decoder() {
    return new Decoder(shape, shape.decoderOf(weights.floats()), standard);
  }
}
