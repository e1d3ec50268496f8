package io.autoseed.learning.hypernet;

import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which task an image is of, then which class of it (von Oswald et al., arXiv 1906.00695, section
 * 2, "HNET+ENT"): the task whose own softmax over its classes has the least entropy. Tasks need not
 * have equally many classes, so an entropy is divided by the logarithm of their number; a task of
 * one class, whose softmax says nothing, comes last.
 *
 * <p>The score of class c in the task of rank r, 0 the likeliest, is exp(l_c - max l) / (1 + r), l
 * the logits of its task: over any tasks the largest score is the best class of the likeliest one,
 * over one task's classes the order is that of the logits.
 */
final class TaskInference implements Classifier {
  private final LinearClassifier logits;
  private final int[] taskOfClass;
  private final int[] sizes;

  /**
   * @param logits of each class under its own task
   * @param taskOfClass from 0, [C]; a task's classes lie together
   */
  TaskInference(LinearClassifier logits, int[] taskOfClass) {
    this.logits = logits;
    this.taskOfClass = taskOfClass.clone();
    int tasks = Arrays.stream(taskOfClass).max().orElse(-1) + 1;
    this.sizes = new int[tasks];
    for (int task : taskOfClass) {
      sizes[task]++;
    }
  }

  @Override
  public int[] classes() {
    return logits.classes();
  }

  @Override
  public Tensor scores(Tensor images) {
    Tensor all = logits.scores(images);
    float[] scores = all.floats();
    int width = taskOfClass.length;
    double[] row = new double[width];
    for (int i = 0; i < all.size(0); i++) {
      rank(scores, i * width, row);
      for (int c = 0; c < width; c++) {
        scores[i * width + c] = (float) row[c];
      }
    }
    return Tensor.of(scores, all.shape());
  }

  /** The scores of the row of logits that starts at {@code from}. */
  private void rank(float[] logitsOfAll, int from, double[] row) {
    double[] entropies = new double[sizes.length];
    int first = 0;
    for (int t = 0; t < sizes.length; t++) {
      entropies[t] = shares(logitsOfAll, from, first, sizes[t], row);
      first += sizes[t];
    }
    int[] ranks = IntStream.range(0, sizes.length).map(t -> rank(entropies, t)).toArray();
    for (int c = 0; c < row.length; c++) {
      row[c] /= 1 + ranks[taskOfClass[c]];
    }
  }

  /** How many tasks have less entropy, or as much and come before. */
  private static int rank(double[] entropies, int task) {
    int before = 0;
    for (int t = 0; t < entropies.length; t++) {
      boolean equal = entropies[t] == entropies[task];
      before += entropies[t] < entropies[task] || (equal && t < task) ? 1 : 0;
    }
    return before;
  }

  /** Fills in exp(l_c - max l) of a task's classes; returns the entropy of their shares. */
  private static double shares(float[] logits, int from, int first, int size, double[] row) {
    double most = Double.NEGATIVE_INFINITY;
    for (int c = first; c < first + size; c++) {
      most = Math.max(most, logits[from + c]);
    }
    double sum = 0;
    double weighted = 0;
    for (int c = first; c < first + size; c++) {
      double below = logits[from + c] - most;
      row[c] = StrictMath.exp(below);
      sum += row[c];
      weighted += row[c] * below;
    }
    return size == 1 ? 2 : (StrictMath.log(sum) - weighted / sum) / StrictMath.log(size);
  }

  @Override
  public void close() {
    logits.close();
  }
}
