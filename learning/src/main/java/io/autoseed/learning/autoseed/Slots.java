package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;

/**
 * The slots of a task: clusters of each class's samples, class by class. In e coordinates:
 * whitening is hardly known in the first tasks, and slots cannot be drawn again when it is. Only
 * clusters with samples are slots.
 *
 * @param ofSample each sample's slot, [N]
 * @param classes each slot's class as its place in the task, ascending, [M]
 */
record Slots(int[] ofSample, int[] classes) {
  private static final int LLOYD_STEPS = 10;

  /** k-means of min(K0, n_c) centres a class, initially distinct random samples. */
  static Slots kMeans(TaskSamples task, int k0, CounterRandom random) {
    NDArray e = task.e();
    int[] initial = distinctSamples(task, k0, random);
    int[] centreClasses = Arrays.stream(initial).map(i -> task.labels()[i]).toArray();
    NDArray centres = Expressions.rows(e, initial);
    NDArray elsewhere = otherClass(e.getManager(), task.labels(), centreClasses);
    int[] nearest = new int[task.count()];
    for (int step = 0; step < LLOYD_STEPS; step++) {
      NDArray distance =
          Expressions.rowSum(centres.square())
              .transpose()
              .sub(e.matMul(centres.transpose()).mul(2));
      long[] found = distance.add(elsewhere).argMin(1).toLongArray();
      nearest = Arrays.stream(found).mapToInt(Math::toIntExact).toArray();
      NDArray member = Expressions.oneHot(e.getManager(), nearest, initial.length);
      NDArray count = Expressions.columnSum(member).transpose();
      NDArray means = member.transpose().matMul(e).div(count.maximum(1));
      NDArray empty = count.eq(0).toType(e.getDataType(), false);
      centres = means.add(centres.mul(empty));
    }
    return withSamples(nearest, centreClasses);
  }

  /** min(K0, n_c) distinct random samples of each class, class by class. */
  static int[] distinctSamples(TaskSamples task, int k0, CounterRandom random) {
    int[] order = random.permutation(task.count());
    int[] chosen = new int[task.count()];
    int count = 0;
    for (int c = 0; c < task.classCount(); c++) {
      int ofClass = 0;
      for (int i : order) {
        if (task.labels()[i] == c && ofClass < k0) {
          chosen[count++] = i;
          ofClass++;
        }
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  private static NDArray otherClass(NDManager manager, int[] labels, int[] centreClasses) {
    float[] far = new float[labels.length * centreClasses.length];
    for (int i = 0; i < labels.length; i++) {
      for (int m = 0; m < centreClasses.length; m++) {
        far[i * centreClasses.length + m] = labels[i] == centreClasses[m] ? 0 : 1e30f;
      }
    }
    return manager.create(far, new Shape(labels.length, centreClasses.length));
  }

  private static Slots withSamples(int[] nearest, int[] centreClasses) {
    int[] renumbered = new int[centreClasses.length];
    Arrays.fill(renumbered, -1);
    for (int m : nearest) {
      renumbered[m] = 0;
    }
    int[] classes = new int[centreClasses.length];
    int count = 0;
    for (int m = 0; m < centreClasses.length; m++) {
      if (renumbered[m] == 0) {
        classes[count] = centreClasses[m];
        renumbered[m] = count++;
      }
    }
    int[] ofSample = Arrays.stream(nearest).map(m -> renumbered[m]).toArray();
    return new Slots(ofSample, Arrays.copyOf(classes, count));
  }

  int count() {
    return classes.length;
  }

  /** One-hot [N, M]. */
  NDArray oneHot(NDManager manager) {
    return Expressions.oneHot(manager, ofSample, count());
  }
}
