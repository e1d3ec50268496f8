package io.autoseed.workflows;

/**
 * A longer revision of a run's sequence.
 *
 * @param parent digest of the revision it appends to
 * @param sequence digest of the new revision
 * @param tasks number of tasks of the new revision
 * @param document digest of the run's document for the new revision
 */
public record AppendRequest(String parent, String sequence, int tasks, String document) {}
