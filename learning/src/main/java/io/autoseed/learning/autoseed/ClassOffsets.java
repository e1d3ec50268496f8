package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/**
 * Which seed offsets count for each class, equally many a class.
 *
 * @param u seed offsets and a last row of zeros, [M + 1, d]
 * @param rows the numbers of u's rows, R a class, padded by that of the row of zeros, [C R]
 * @param width R
 */
record ClassOffsets(NDArray u, int[] rows, int width) {
  int classCount() {
    return rows.length / width;
  }

  /** Those of classes {@code first} to {@code end} - 1, [end - first, R, d]. */
  NDArray of(int first, int end) {
    int[] some = Arrays.copyOfRange(rows, first * width, end * width);
    return Expressions.rows(u, some).reshape(end - first, width, u.size(1));
  }

  /** How many classes' offsets, and products of them with each other, are at most so many. */
  int classesWithin(int numbers) {
    return (int) Math.max(1, numbers / (width * Math.max(width, u.size(1))));
  }
}
