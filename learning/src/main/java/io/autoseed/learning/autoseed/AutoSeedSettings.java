package io.autoseed.learning.autoseed;

import io.autoseed.learning.tensor.ElementType;

/**
 * What can be chosen about the method.
 *
 * @param seedsPerClass seeds kept a class, on average over a task's classes
 * @param slotsPerClass K0, seeds generated a class before pruning
 * @param consistency the consistency loss, the text prior and the text map; without it unseen
 *     classes all get the mean of the seen ones' means
 * @param zeroShot whether the frozen encoders' own score of a name counts for unseen classes
 * @param metaUpdate the generator's training, the choice of lambda and the first look
 * @param seedCovariance whether each class is scored with a covariance of its own, read from seeds
 * @param labelTrust whether labels are believed as far as the others of the task bear them out
 * @param pruning merging down to {@code seedsPerClass}
 * @param seeds where a task's seeds come from
 * @param adaptationSteps Adam steps on delta; none by default: offsets are trained as if all
 *     classes shared one covariance and lose accuracy where each has its own
 * @param generatorSteps Adam steps on phi
 * @param trust whether kappa is estimated or held at 1 (class means as measured)
 * @param storage how v is kept: float16; float32 to compare with closed forms
 */
record AutoSeedSettings(
    int seedsPerClass,
    int slotsPerClass,
    boolean consistency,
    boolean zeroShot,
    boolean metaUpdate,
    boolean seedCovariance,
    boolean labelTrust,
    boolean pruning,
    SeedSource seeds,
    int adaptationSteps,
    int generatorSteps,
    Trust trust,
    ElementType storage) {

  /** Where a task's seeds come from. */
  enum SeedSource {
    /** The gradient-conditioned generator on anchors of k-means slots. */
    GENERATED,
    /** The generator on random real features and noise for its conditions. */
    RANDOM,
    /** Plain k-means centroids of the same bytes; no generator. */
    KMEANS
  }

  /** What kappa is. */
  enum Trust {
    /** sigmoid(kl0), by E4. */
    ESTIMATED,
    /** 1. */
    FULL
  }

  static AutoSeedSettings defaults() {
    return new AutoSeedSettings(
        4,
        8,
        true,
        true,
        true,
        true,
        true,
        true,
        SeedSource.GENERATED,
        0,
        12,
        Trust.ESTIMATED,
        ElementType.F16);
  }

  /** K0 = 1, no steps, delta = 0, kappa = 1, lambda = 0.05: nothing is left but streaming LDA. */
  static AutoSeedSettings streamingLda() {
    return new AutoSeedSettings(
        1,
        1,
        true,
        true,
        false,
        true,
        false,
        false,
        SeedSource.GENERATED,
        0,
        0,
        Trust.FULL,
        ElementType.F32);
  }

  boolean trainsGenerator() {
    return metaUpdate && seeds != SeedSource.KMEANS && generatorSteps > 0;
  }
}
