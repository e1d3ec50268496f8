package io.autoseed.learning.evaluation;

/**
 * What was measured after the replay phase of task t, before any of its data: accuracies on task
 * t's test set, in percent. Class-incremental: over all classes seen plus task t's;
 * task-incremental: over task t's. All are null in the first task, and all but the baselines for a
 * strategy that cannot score classes of which it has seen nothing but the name.
 *
 * @param task t, from 0
 * @param zeroShotClassIncremental the frozen trunk's zero-shot classifier, same label space: the
 *     baseline of FWT
 * @param randomClassIncremental unit keys drawn at random, same label space: the baseline of FWT in
 *     the form of Lopez-Paz and Ranzato 2017
 * @param seenLoss accuracy on the pooled test images of all seen classes with task t's keys among
 *     the candidates minus without them, in percentage points; negative = lost
 */
public record ForwardTransfer(
    int task,
    Double classIncremental,
    Double taskIncremental,
    Double zeroShotClassIncremental,
    Double zeroShotTaskIncremental,
    Double randomClassIncremental,
    Double randomTaskIncremental,
    Double seenLoss) {}
