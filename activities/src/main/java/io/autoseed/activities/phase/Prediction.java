package io.autoseed.activities.phase;

import java.util.List;

/**
 * What a learner state says of an image: at most {@value #MOST} classes and seeds.
 *
 * @param id of this state's prediction for this image, known to lineage; the same each time
 * @param classes the likeliest first
 * @param seeds the nearest first; empty if the strategy keeps none
 */
public record Prediction(
    String id, String imageSha256, List<Scored> classes, List<NearSeed> seeds) {
  static final int MOST = 100;

  /**
   * @param score softmax of the strategy's scores over all classes learned, in [0, 1]; not
   *     calibrated
   */
  public record Scored(String name, double score) {}

  /**
   * @param id as the catalog's table of seeds has it
   * @param className class that the seed stands for
   * @param cosine of its visual prototype v and the image's embedding, in [-1, 1]
   */
  public record NearSeed(String id, String className, double cosine) {}

  /** The first {@code most} of its classes and seeds. */
  public Prediction first(int most) {
    return new Prediction(
        id,
        imageSha256,
        classes.subList(0, Math.min(most, classes.size())),
        seeds.subList(0, Math.min(most, seeds.size())));
  }

  public Prediction {
    classes = List.copyOf(classes);
    seeds = List.copyOf(seeds);
  }
}
