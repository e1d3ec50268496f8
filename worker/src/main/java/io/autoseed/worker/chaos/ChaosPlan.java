package io.autoseed.worker.chaos;

import io.autoseed.learning.sequence.ResolvedSequence;
import java.util.List;

/**
 * What chaos is to do.
 *
 * @param sequence run again and again, without its baselines
 * @param profile numeric profile of the runs
 * @param name start of the runs' ids, unique in the stack
 * @param kills that have to hit work in progress
 * @param targets what may be hit, at least one
 * @param randomSeed of what is hit when; the sequence has its own
 */
public record ChaosPlan(
    ResolvedSequence sequence,
    String profile,
    String name,
    int kills,
    List<Target> targets,
    long randomSeed) {
  public ChaosPlan {
    targets = List.copyOf(targets);
  }
}
