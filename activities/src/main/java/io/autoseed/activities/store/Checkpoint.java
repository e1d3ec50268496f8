package io.autoseed.activities.store;

import io.autoseed.learning.tensor.TensorBundle;

/**
 * A state inside a phase.
 *
 * @param step number of steps done
 * @param state what those steps left
 * @param sha256 of the object
 * @param computeSeconds spent on those steps, in all attempts that led here
 */
public record Checkpoint(int step, TensorBundle state, String sha256, double computeSeconds) {}
