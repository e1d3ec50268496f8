package io.autoseed.learning.ridge;

import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * RAIL-Fusion (arXiv 2406.18868, section 4.3). Zero-shot shares are softmax(100 z . t) over all
 * names. Where their argmax is a class not learned, the scores are the cosines. Elsewhere a learned
 * class scores (1 - beta) share + beta adapter, and the others come behind all learned ones in the
 * order of their cosines, so that between two classes to come the answer stays the zero-shot one.
 */
final class RailClassifier implements Classifier {
  private static final double TEXT_SCALE = 100;

  private final LinearClassifier zeroShot;
  private final Optional<Classifier> adapter;
  private final double fusion;

  /**
   * @param all the classes learned, then those to come
   * @param adapter over the classes learned; none before the first task
   * @param fusion beta, in [0, 1]
   */
  RailClassifier(TaskClasses all, Optional<Classifier> adapter, double fusion) {
    this.zeroShot = LinearClassifier.zeroShot(all);
    this.adapter = adapter;
    this.fusion = fusion;
  }

  @Override
  public int[] classes() {
    return zeroShot.classes();
  }

  @Override
  public Tensor scores(Tensor images) {
    Tensor cosines = zeroShot.scores(images);
    return adapter.isEmpty() ? cosines : fused(cosines, adapter.get().scores(images));
  }

  private Tensor fused(Tensor cosines, Tensor regressed) {
    int all = cosines.size(1);
    int learned = regressed.size(1);
    float[] scores = cosines.floats();
    float[] adapted = regressed.floats();
    for (int i = 0; i < cosines.size(0); i++) {
      int from = i * all;
      int best = 0;
      for (int c = 1; c < all; c++) {
        best = scores[from + c] > scores[from + best] ? c : best;
      }
      if (best < learned) {
        fuse(scores, from, scores[from + best], all, adapted, i * learned, learned);
      }
    }
    return Tensor.of(scores, cosines.size(0), all);
  }

  /** One image's row, in place. */
  private void fuse(
      float[] scores, int from, float most, int all, float[] adapted, int at, int learned) {
    double sum = 0;
    for (int c = 0; c < all; c++) {
      sum += StrictMath.exp(TEXT_SCALE * (scores[from + c] - most));
    }
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < learned; c++) {
      double share = StrictMath.exp(TEXT_SCALE * (scores[from + c] - most)) / sum;
      scores[from + c] = (float) ((1 - fusion) * share + fusion * adapted[at + c]);
      least = Math.min(least, scores[from + c]);
    }
    placeBehind(least, scores, from + learned, from + all);
  }

  /** Scores [from, to) in their order, all of them below {@code least}, ties kept. */
  private static void placeBehind(double least, float[] scores, int from, int to) {
    float[] cosines = Arrays.copyOfRange(scores, from, to);
    float[] sorted = cosines.clone();
    Arrays.sort(sorted);
    for (int c = from; c < to; c++) {
      int above = to - from - Arrays.binarySearch(sorted, cosines[c - from]);
      scores[c] = (float) (least - above);
    }
  }

  @Override
  public void close() {
    adapter.ifPresent(Classifier::close);
  }
}
