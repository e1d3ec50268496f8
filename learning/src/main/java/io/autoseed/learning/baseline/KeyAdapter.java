package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;

/**
 * The adapter that all trained baselines share: logits l_c(e) = e . theta_c + b_c. A class enters
 * with theta_c = 10 w_c and b_c = 0, so that an adapter that was never trained is the zero-shot
 * classifier exactly.
 *
 * @param classes class numbers, [C]
 * @param weights [theta_c, b_c] rows, float32 [C, d + 1]
 */
record KeyAdapter(int[] classes, Tensor weights) {
  static final String NAME = "adapter";

  /** The inverse temperature of the zero-shot logits that training starts from. */
  static final float TEXT_SCALE = 10;

  /** The adapter of a state that has one. */
  static KeyAdapter of(LearnerState state) {
    TensorBundle kept = state.get(NAME);
    return new KeyAdapter(kept.get("class").ints(), kept.get("weights"));
  }

  /** The adapter of a state with keys of new classes added. */
  static KeyAdapter of(LearnerState state, TaskClasses added) {
    KeyAdapter zeroShot = zeroShot(added);
    if (!state.has(NAME)) {
      return zeroShot;
    }
    TensorBundle rows = Rows.append(state.get(NAME), zeroShot.bundle());
    return new KeyAdapter(rows.get("class").ints(), rows.get("weights"));
  }

  static KeyAdapter zeroShot(TaskClasses classes) {
    int d = classes.texts().size(1);
    float[] texts = classes.texts().floats();
    float[] weights = new float[classes.count() * (d + 1)];
    for (int c = 0; c < classes.count(); c++) {
      for (int k = 0; k < d; k++) {
        weights[c * (d + 1) + k] = TEXT_SCALE * texts[c * d + k];
      }
    }
    return new KeyAdapter(classes.numbers(), Tensor.of(weights, classes.count(), d + 1));
  }

  /** The adapter that scores as {@code classifier} does. */
  static KeyAdapter of(LinearClassifier classifier) {
    float[] keys = classifier.keys().floats();
    float[] biases = classifier.biases();
    int d = keys.length / biases.length;
    float[] weights = new float[biases.length * (d + 1)];
    for (int c = 0; c < biases.length; c++) {
      System.arraycopy(keys, c * d, weights, c * (d + 1), d);
      weights[c * (d + 1) + d] = biases[c];
    }
    return new KeyAdapter(classifier.classes(), Tensor.of(weights, biases.length, d + 1));
  }

  TensorBundle bundle() {
    return TensorBundle.of(Map.of("class", Tensor.of(classes, classes.length), "weights", weights));
  }

  KeyAdapter withWeights(Tensor changed) {
    return new KeyAdapter(classes, changed);
  }

  /** {@code share} of these weights and the rest of the {@code other}'s, of the same classes. */
  KeyAdapter averaged(double share, KeyAdapter other) {
    float[] own = weights.floats();
    float[] others = other.weights.floats();
    for (int i = 0; i < own.length; i++) {
      own[i] = (float) (share * own[i] + (1 - share) * others[i]);
    }
    return withWeights(Tensor.of(own, weights.shape()));
  }

  LinearClassifier classifier() {
    int d = weights.size(1) - 1;
    float[] rows = weights.floats();
    float[] keys = new float[classes.length * d];
    float[] biases = new float[classes.length];
    for (int c = 0; c < classes.length; c++) {
      System.arraycopy(rows, c * (d + 1), keys, c * d, d);
      biases[c] = rows[c * (d + 1) + d];
    }
    return new LinearClassifier(classes, Tensor.of(keys, classes.length, d), biases);
  }
}
