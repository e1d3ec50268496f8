package io.autoseed.learning.evaluation;

import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.tensor.Tensor;
import java.util.Arrays;
import java.util.function.IntPredicate;

/** How many of a classifier's predictions are right, over the candidates a question allows. */
final class Accuracy {
  private final int[] classes;
  private final int[] labels;
  private final float[] scores;

  private Accuracy(int[] classes, int[] labels, float[] scores) {
    this.classes = classes;
    this.labels = labels;
    this.scores = scores;
  }

  /** Scores a task's test set once; any number of label spaces can then be asked for. */
  static Accuracy of(Classifier classifier, TaskInputs task) {
    Tensor scores = classifier.scores(task.testImages());
    return new Accuracy(classifier.classes(), task.testLabels(), scores.floats());
  }

  int count() {
    return labels.length;
  }

  /** Right predictions when only classes of which {@code candidate} is true may be predicted. */
  int right(IntPredicate candidate) {
    boolean[] allowed = new boolean[classes.length];
    for (int column = 0; column < allowed.length; column++) {
      allowed[column] = candidate.test(classes[column]);
    }
    int right = 0;
    for (int i = 0; i < labels.length; i++) {
      if (classes[argmax(i, allowed)] == labels[i]) {
        right++;
      }
    }
    return right;
  }

  /** The same in percent; null if there are no test images. */
  Double percent(IntPredicate candidate) {
    return labels.length == 0 ? null : 100.0 * right(candidate) / labels.length;
  }

  private int argmax(int row, boolean[] allowed) {
    int best = -1;
    for (int column = 0; column < allowed.length; column++) {
      float score = scores[row * allowed.length + column];
      if (Float.isNaN(score)) {
        throw new IllegalStateException(
            "the score of class " + classes[column] + " is not a number: the classifier diverged");
      }
      if (allowed[column] && (best < 0 || score > scores[row * allowed.length + best])) {
        best = column;
      }
    }
    if (best < 0) {
      throw new IllegalStateException(
          "no candidate among the classes " + Arrays.toString(classes) + " of the classifier");
    }
    return best;
  }
}
