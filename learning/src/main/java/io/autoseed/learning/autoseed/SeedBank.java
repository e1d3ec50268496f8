package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.tensor.ElementType;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import java.util.Arrays;
import java.util.Map;

/**
 * All seeds of a run, in the order generated, so class by class.
 *
 * @param v float16 [M, d], in e coordinates (float32 where closed forms are compared)
 * @param classes each seed's class, as its place in the order learned; ascending, [M]
 * @param weights pi; the seeds of a class sum to 1, [M]
 * @param spreads sigma, [M]
 */
record SeedBank(Tensor v, int[] classes, float[] weights, float[] spreads) {
  static final String NAME = "seeds";

  static SeedBank empty(int d) {
    return new SeedBank(
        Tensor.ofBytes(ElementType.F16, new byte[0], 0, d), new int[0], new float[0], new float[0]);
  }

  static SeedBank of(LearnerState state, int d) {
    if (!state.has(NAME)) {
      return empty(d);
    }
    TensorBundle bundle = state.get(NAME);
    return new SeedBank(
        bundle.get("v"),
        bundle.get("class").ints(),
        bundle.get("weight").floats(),
        bundle.get("spread").floats());
  }

  TensorBundle bundle() {
    return TensorBundle.of(
        Map.of(
            "v", v,
            "class", Tensor.of(classes, classes.length),
            "weight", Tensor.of(weights, weights.length),
            "spread", Tensor.of(spreads, spreads.length)));
  }

  int count() {
    return classes.length;
  }

  int classCount() {
    return count() == 0 ? 0 : classes[count() - 1] + 1;
  }

  /** v, float32 [M, d]. */
  NDArray vectors(NDManager manager) {
    return NdArrays.toArray(manager, v).toType(DataType.FLOAT32, false);
  }

  /** sum_m pi v of every class, in e coordinates, [C, d]. */
  NDArray means(NDManager manager) {
    float[] share = new float[classCount() * count()];
    for (int m = 0; m < count(); m++) {
      share[classes[m] * count() + m] = weights[m];
    }
    return manager.create(share, new Shape(classCount(), count())).matMul(vectors(manager));
  }

  /** The seed of class {@code c} at which the cumulated weights pass {@code uniform} in [0, 1). */
  int choose(int c, double uniform) {
    int m = Arrays.binarySearch(classes, c);
    if (m < 0) {
      throw new IllegalStateException("class " + c + " has no seed");
    }
    while (m > 0 && classes[m - 1] == c) {
      m--;
    }
    double passed = weights[m];
    while (passed <= uniform && m + 1 < count() && classes[m + 1] == c) {
      m++;
      passed += weights[m];
    }
    return m;
  }

  /** This bank with the seeds of a task behind its own; their classes count from {@code first}. */
  SeedBank plus(SeedBank task, int first) {
    int[] shifted = Arrays.stream(task.classes).map(c -> c + first).toArray();
    byte[] bytes = new byte[v.byteSize() + task.v.byteSize()];
    v.buffer().get(bytes, 0, v.byteSize());
    task.v.buffer().get(bytes, v.byteSize(), task.v.byteSize());
    return new SeedBank(
        Tensor.ofBytes(task.v.type(), bytes, count() + task.count(), v.size(1)),
        joined(classes, shifted),
        joined(weights, task.weights),
        joined(spreads, task.spreads));
  }

  private static int[] joined(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  private static float[] joined(float[] first, float[] second) {
    float[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }
}
