package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.Optional;

/**
 * All that a phase may read; with the step number it determines every bit of the phase's result.
 *
 * @param task index of the task in the sequence, from 0
 * @param randomSeed the run's random seed; draws come from (random seed, task, phase, step) by
 *     {@link #random}
 * @param state what the phase before returned (at the first task: {@link LearnerState#empty()})
 * @param classes the task's classes with their texts
 * @param trainingSet the task's examples; empty in REPLAY, which reads none
 */
public record PhaseInput(
    int task,
    LearningPhase phase,
    long randomSeed,
    LearnerState state,
    TaskClasses classes,
    Optional<TrainingSet> trainingSet) {
  /** The stream of draws for a purpose of this phase, at a step. */
  public CounterRandom random(String purpose, int step) {
    return CounterRandom.of(randomSeed, task, phase + "/" + purpose, step);
  }
}
