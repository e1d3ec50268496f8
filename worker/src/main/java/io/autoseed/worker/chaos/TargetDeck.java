package io.autoseed.worker.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Draws targets at random, each once before any comes again. For all runs of a proof. */
final class TargetDeck {
  private final List<Target> targets;
  private final Random random;
  private final Deque<Target> rest = new ArrayDeque<>();

  TargetDeck(List<Target> targets, Random random) {
    this.targets = List.copyOf(targets);
    this.random = random;
  }

  Target draw() {
    if (rest.isEmpty()) {
      List<Target> shuffled = new ArrayList<>(targets);
      Collections.shuffle(shuffled, random);
      rest.addAll(shuffled);
    }
    return rest.removeFirst();
  }

  /** Puts a target back whose strike did not count: it comes again after the rest of its round. */
  void putBack(Target target) {
    rest.addLast(target);
  }
}
