package io.autoseed.learning.evaluation;

import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Tensor;

/** Baselines that learn nothing: the frozen trunk's zero-shot classifier, and random keys. */
final class ZeroShot {
  private ZeroShot() {}

  /** argmax of z . t_c over the given classes (CLIP, arXiv 2103.00020). */
  static LinearClassifier classifier(TaskClasses classes) {
    return new LinearClassifier(classes.numbers(), classes.texts(), new float[classes.count()]);
  }

  /** The same with unit keys drawn at random, one stream a class: a random initialisation. */
  static LinearClassifier random(TaskClasses classes) {
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
