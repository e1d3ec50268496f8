package io.autoseed.learning.statistics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Holm's correction for several tests at once (Holm 1979): the chance of one false claim. */
public final class Holm {
  private Holm() {}

  /**
   * The adjusted p values, in the order given: the k-th smallest of m, from 0, times m - k, never
   * below one that was smaller, at most 1.
   */
  public static List<Double> adjusted(List<Double> pValues) {
    List<Integer> ascending =
        IntStream.range(0, pValues.size())
            .boxed()
            .sorted(Comparator.comparing(pValues::get))
            .toList();
    List<Double> adjusted = new ArrayList<>(Collections.nCopies(pValues.size(), 1.0));
    double largest = 0;
    for (int k = 0; k < ascending.size(); k++) {
      int place = ascending.get(k);
      largest = Math.max(largest, Math.min(1, (ascending.size() - k) * pValues.get(place)));
      adjusted.set(place, largest);
    }
    return adjusted;
  }
}
