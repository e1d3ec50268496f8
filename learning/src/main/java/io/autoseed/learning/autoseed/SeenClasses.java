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

  /**
   * Keys of classes of which nothing but the name is known: k_u = A_T(f_T(u)), or without
   * consistency by name differences.
   */
  NDArray keysByName(NDArray names, NDArray a, boolean consistency, double gamma) {
    return consistency
        ? TextMap.fit(w, means.matMul(a)).keys(names)
        : NameDifferences.keys(names, w, means, a, gamma);
  }
}
