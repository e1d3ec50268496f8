package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.Tensor;

/**
 * The classes of one task, known by name alone.
 *
 * @param numbers class numbers in the order learned; a class's number is its place in the sequence,
 *     so the classes of task t follow those of task t - 1 without a gap
 * @param texts w = f_T(y), one unit row a class, float32 [numbers.length, d]
 */
public record TaskClasses(int[] numbers, Tensor texts) {
  public TaskClasses {
    if (texts.size(0) != numbers.length) {
      throw new IllegalArgumentException(
          numbers.length + " classes but " + texts.size(0) + " text embeddings");
    }
    numbers = numbers.clone();
  }

  public int count() {
    return numbers.length;
  }
}
