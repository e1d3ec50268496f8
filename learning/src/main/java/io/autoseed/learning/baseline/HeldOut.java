package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A training set cut in two: every fifth example of a class, at random, is held out; the class
 * keeps at least one.
 */
record HeldOut(TrainingSet rest, TrainingSet heldOut) {
  private static final int ONE_IN = 5;

  static HeldOut of(PhaseInput input, TrainingSet all) {
    int[] order = input.random("held-out", 0).permutation(all.count());
    Map<Integer, Integer> seen = new HashMap<>();
    List<Integer> kept = new ArrayList<>();
    List<Integer> held = new ArrayList<>();
    for (int i : order) {
      int place = seen.merge(all.labels()[i], 1, Integer::sum);
      (place % ONE_IN == 0 ? held : kept).add(i);
    }
    return new HeldOut(select(all, kept), select(all, held));
  }

  private static TrainingSet select(TrainingSet all, List<Integer> rows) {
    int[] places = rows.stream().sorted().mapToInt(Integer::intValue).toArray();
    int[] labels = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      labels[i] = all.labels()[places[i]];
    }
    return new TrainingSet(Rows.select(all.images(), places), labels);
  }
}
