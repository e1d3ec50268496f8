package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;

/**
 * The classes of one task, known by name alone.
 *
 * @param numbers class numbers in the order learned; a class's number is its place in the sequence,
 *     so the classes of task t follow those of task t - 1 without a gap
 * @param texts w = f_T(y), one unit row a class, float32 [numbers.length, d]
 */
public record TaskClasses(int[] numbers, Tensor texts) {
  /** The object of a learner state that holds the classes learned, 4 d bytes each. */
  public static final String NAME = "texts";

  public TaskClasses {
    if (texts.size(0) != numbers.length) {
      throw new IllegalArgumentException(
          numbers.length + " classes but " + texts.size(0) + " text embeddings");
    }
    numbers = numbers.clone();
  }

  /**
   * No class at all.
   *
   * @param width d, of the joint space
   */
  public static TaskClasses none(int width) {
    return new TaskClasses(new int[0], Tensor.of(new float[0], 0, width));
  }

  /** The classes that {@code bundle} holds. */
  public static TaskClasses of(TensorBundle bundle) {
    return new TaskClasses(bundle.get("class").ints(), bundle.get("w"));
  }

  public int count() {
    return numbers.length;
  }

  public TensorBundle bundle() {
    return TensorBundle.of(Map.of("class", Tensor.of(numbers, count()), "w", texts));
  }

  /** The classes that {@code state} holds, then these. */
  public TaskClasses behind(LearnerState state) {
    return state.has(NAME) ? of(Rows.append(state.get(NAME), bundle())) : this;
  }
}
