package io.autoseed.learning.evaluation;

import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;

/** The baseline that knows not even names: a random initialisation. */
final class RandomKeys {
  private RandomKeys() {}

  /** Unit keys drawn at random, one stream a class. */
  static LinearClassifier classifier(TaskClasses classes) {
    int width = classes.texts().size(1);
    float[] keys = new float[classes.count() * width];
    for (int c = 0; c < classes.count(); c++) {
      float[] key =
          CounterRandom.of(0, classes.numbers()[c], "evaluation/random-key", 0).gaussians(width);
      double square = 0;
      for (float value : key) {
        square += (double) value * value;
      }
      for (int k = 0; k < width; k++) {
        keys[c * width + k] = (float) (key[k] / StrictMath.sqrt(square));
      }
    }
    Tensor drawn = Tensor.of(keys, classes.count(), width);
    return new LinearClassifier(classes.numbers(), drawn, new float[classes.count()]);
  }
}
