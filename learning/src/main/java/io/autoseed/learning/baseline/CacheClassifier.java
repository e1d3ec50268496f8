package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;

/** z . t_c for every class, and a times the cache's affinity for the learned ones. */
final class CacheClassifier implements Classifier {
  private final LinearClassifier zeroShot;
  private final FeatureCache cache;
  private final CacheBlend blend;

  /**
   * @param all the classes of the cache's columns, then those to come
   */
  CacheClassifier(TaskClasses all, FeatureCache cache, CacheBlend blend) {
    this.zeroShot = LinearClassifier.zeroShot(all);
    this.cache = cache;
    this.blend = blend;
  }

  @Override
  public int[] classes() {
    return zeroShot.classes();
  }

  @Override
  public Tensor scores(Tensor images) {
    Tensor cosines = zeroShot.scores(images);
    int all = cosines.size(1);
    int learned = cache.classes();
    float[] scores = cosines.floats();
    float[] affinities =
        Rows.inPortions(images, learned, some -> cache.affinities(some, blend.b())).floats();
    for (int i = 0; i < affinities.length; i++) {
      int at = i / learned * all + i % learned;
      scores[at] = (float) (scores[at] + blend.a() * affinities[i]);
    }
    return Tensor.of(scores, images.size(0), all);
  }

  @Override
  public void close() {
    zeroShot.close();
  }
}
