package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/**
 * The classes of a bank as a classifier needs them, all in e coordinates, [C, d].
 *
 * @param w names
 * @param means sum_m pi v
 * @param delta key offsets
 */
record SeenClasses(NDArray w, NDArray means, NDArray delta) {
  static SeenClasses of(NDManager manager, Adapter adapter, SeedBank bank) {
    return new SeenClasses(adapter.names(manager), bank.means(manager), adapter.offsets(manager));
  }

  /** Keys from the bank: k_c = (sum_m pi v + delta_c) A. */
  NDArray keys(NDArray a) {
    return means.add(delta).matMul(a);
  }

  /** Classes with these names, [U, d], beside the seen ones. */
  Upcoming upcoming(NDArray names, NDArray a, boolean consistency) {
    NDArray z = means.matMul(a);
    NDArray keys =
        consistency
            ? TextMap.fit(w, z).keys(names)
            : Expressions.meanRow(z).repeat(0, names.size(0));
    return new Upcoming(keys, names.sub(Expressions.meanRow(w)));
  }
}
