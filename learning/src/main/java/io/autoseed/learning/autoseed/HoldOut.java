package io.autoseed.learning.autoseed;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;

/** Which samples of a task are held out. */
final class HoldOut {
  private static final double SHARE = 0.05;

  private HoldOut() {}

  /** h = max(classes, ceil(0.05 N)). */
  static int size(int samples, int classes) {
    return Math.max(classes, (int) StrictMath.ceil(SHARE * samples));
  }

  /**
   * The first h samples of a fresh permutation that leave at least {@code least} of their class.
   *
   * @param labels each sample's class, 0..classes-1
   * @return true for the samples held out; fewer than h if the classes are small
   */
  static boolean[] choose(int[] labels, int classes, int least, CounterRandom random) {
    int[] left = new int[classes];
    for (int y : labels) {
      left[y]++;
    }
    boolean[] held = new boolean[labels.length];
    int wanted = size(labels.length, classes);
    for (int i : random.permutation(labels.length)) {
      if (wanted > 0 && left[labels[i]] > least) {
        left[labels[i]]--;
        held[i] = true;
        wanted--;
      }
    }
    return held;
  }

  /** The numbers of the samples that are (or are not) held out, ascending. */
  static int[] numbers(boolean[] held, boolean which) {
    int[] numbers = new int[held.length];
    int count = 0;
    for (int i = 0; i < held.length; i++) {
      if (held[i] == which) {
        numbers[count++] = i;
      }
    }
    return Arrays.copyOf(numbers, count);
  }
}
