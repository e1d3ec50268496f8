package io.autoseed.worker.chaos;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;

/** Draws targets at random, each once before any comes again. For all runs of a proof. */
final class TargetDeck {
  private final List<Target> targets;
  private final Random random;
  private final Deque<Target> rest = new ArrayDeque<>();
  private final Map<Target, Striker.Aim> missed = new EnumMap<>(Target.class);

  TargetDeck(List<Target> targets, Random random) {
    this.targets = List.copyOf(targets);
    this.random = random;
  }

  /**
   * Draws a target and how it is to be hit.
   *
   * @param aim draws how; of a target that was put back only its components are drawn again
   */
  Striker.Aim draw(Function<Target, Striker.Aim> aim) {
    if (rest.isEmpty()) {
      List<Target> shuffled = new ArrayList<>(targets);
      Collections.shuffle(shuffled, random);
      rest.addAll(shuffled);
    }
    Target target = rest.removeFirst();
    Striker.Aim drawn = aim.apply(target);
    Striker.Aim before = missed.remove(target);
    return before == null
        ? drawn
        : new Striker.Aim(target, before.kind(), drawn.components(), before.pause());
  }

  /**
   * Puts back what did not count: it comes again, of the same kind, after the rest of its round, so
   * that a kind that misses more often does not come less often.
   */
  void putBack(Striker.Aim aim) {
    rest.addLast(aim.target());
    missed.put(aim.target(), aim);
  }
}
