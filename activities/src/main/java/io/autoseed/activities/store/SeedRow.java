package io.autoseed.activities.store;

/**
 * A seed at its birth.
 *
 * @param id unique in the run, and the same in every run that makes the same seed
 * @param object name of the object of this manifest that holds it
 * @param row its row there, from 0
 * @param utility what the pruning rule went by, when it was born
 */
public record SeedRow(
    String id, int classNumber, String className, String object, int row, double utility) {}
