package io.autoseed.learning.strategy;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a finished phase leaves.
 *
 * @param state the learner state for the next phase
 * @param metrics named values worth tracking (losses, sizes), finite
 */
public record PhaseResult(LearnerState state, SortedMap<String, Double> metrics) {
  public PhaseResult {
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
  }

  public static PhaseResult of(LearnerState state, Map<String, Double> metrics) {
    return new PhaseResult(state, new TreeMap<>(metrics));
  }
}
