package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import java.util.Arrays;
import java.util.Map;

/**
 * What is kept of every class beside its seeds, in the order learned.
 *
 * @param classes class numbers, [C]
 * @param counts n_c, [C]
 * @param w names, float16 [C, d]
 * @param delta key offsets in e coordinates, float16 [C, d]
 */
record Adapter(int[] classes, int[] counts, Tensor w, Tensor delta) {
  static final String NAME = "adapter";

  static Adapter of(LearnerState state, int d) {
    if (!state.has(NAME)) {
      Tensor none = Tensor.ofBytes(ElementType.F16, new byte[0], 0, d);
      return new Adapter(new int[0], new int[0], none, none);
    }
    TensorBundle bundle = state.get(NAME);
    return new Adapter(
        bundle.get("class").ints(),
        bundle.get("count").ints(),
        bundle.get("w"),
        bundle.get("delta"));
  }

  TensorBundle bundle() {
    return TensorBundle.of(
        Map.of(
            "class",
            Tensor.of(classes, classes.length),
            "count",
            Tensor.of(counts, counts.length),
            "w",
            w,
            "delta",
            delta));
  }

  int count() {
    return classes.length;
  }

  /** The class numbers with those of a task behind; refuses a class that is already there. */
  int[] classesWith(TaskClasses task) {
    int[] all = Arrays.copyOf(classes, classes.length + task.count());
    for (int i = 0; i < task.count(); i++) {
      int number = task.numbers()[i];
      for (int j = 0; j < classes.length + i; j++) {
        if (all[j] == number) {
          throw new IllegalArgumentException("class " + number + " has been learned already");
        }
      }
      all[classes.length + i] = number;
    }
    return all;
  }

  /** w_c, float32 [C, d]. */
  NDArray names(NDManager manager) {
    return NdArrays.toArray(manager, w).toType(DataType.FLOAT32, false);
  }

  /** delta_c, float32 [C, d]. */
  NDArray offsets(NDManager manager) {
    return NdArrays.toArray(manager, delta).toType(DataType.FLOAT32, false);
  }

  /** A task's names as they are kept, rounded to float16 before anything uses them. */
  static NDArray names(NDManager manager, TaskClasses task) {
    NDArray exact = NdArrays.toArray(manager, task.texts());
    return exact.toType(DataType.FLOAT16, false).toType(DataType.FLOAT32, false);
  }
}
