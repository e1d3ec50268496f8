package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;

/**
 * What the generator starts from.
 *
 * @param a anchors, [M, d]
 * @param pi shares of the class's samples, [M, 1]
 * @param abar sum pi a of each class, [|C_t|, d]
 * @param u conditions, [M, 6]
 * @param g the direction each class's seeds may move in, [|C_t|, d]
 * @param member each slot's class, one-hot [M, |C_t|]
 */
record Anchors(NDArray a, NDArray pi, NDArray abar, NDArray u, NDArray g, NDArray member) {

  /** A class's row for each of its slots. */
  NDArray spread(NDArray perClass) {
    return member.matMul(perClass);
  }

  /** The sum of each class's slots. */
  NDArray gather(NDArray perSlot) {
    return member.transpose().matMul(perSlot);
  }
}
