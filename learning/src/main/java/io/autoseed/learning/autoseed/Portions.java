package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import java.util.function.Supplier;

/** Work whose arrays are too large together, done in portions; each frees what it made. */
final class Portions {
  private Portions() {}

  /** The work on items {@code first} to {@code end} - 1: [end - first, ...]. */
  @FunctionalInterface
  interface Work {
    NDArray on(int first, int end);
  }

  /**
   * The results of all portions, one below the other.
   *
   * @param count items, at least 1
   * @param most items of a portion, at least 1
   * @return [count, ...]
   */
  static NDArray of(int count, int most, Work work) {
    return alone(
        () -> {
          NDList all = new NDList();
          for (int first = 0; first < count; first += most) {
            int from = first;
            int end = Math.min(count, first + most);
            all.add(alone(() -> work.on(from, end)));
          }
          return NDArrays.concat(all);
        });
  }

  /** Frees the arrays that {@code work} makes, but not its result. */
  private static NDArray alone(Supplier<NDArray> work) {
    NDArray result;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      result = work.get();
      NDScope.unregister(result);
    }
    NDScope.register(result);
    return result;
  }
}
