package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;

/** Where anchors come from. */
interface AnchorSource {
  /** Each seed's class as its place in the task, ascending, [M]. */
  int[] classes();

  /**
   * Anchors of one step.
   *
   * @param beta the number of phi that weights samples by their q, 0-d or [1]
   * @param heldOut samples that take no part
   */
  Anchors anchors(NDArray beta, boolean[] heldOut);

  /** q of each seed, the utility that pruning weighs, [M]. */
  float[] utility();

  /** The groups whose centroids Sr is measured about: each sample's, [N]. */
  int[] groups();

  /**
   * The groups after seeds have been merged.
   *
   * @param merged each seed's place among the merged ones, [M]
   */
  int[] groupsAfter(int[] merged);
}
