package io.autoseed.learning.strategy;

import java.util.Optional;

/**
 * All that a phase may read; with the step number it determines every bit of the phase's result.
 *
 * @param task index of the task in the sequence, from 0
 * @param randomSeed the run's random seed; draws come from (random seed, task, phase, step) by
 *     {@link io.autoseed.learning.tensor.CounterRandom}
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
    Optional<TrainingSet> trainingSet) {}
