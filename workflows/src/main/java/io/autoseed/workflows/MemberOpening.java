package io.autoseed.workflows;

/**
 * A run of a study, recorded and ready to start.
 *
 * @param run the run's id
 * @param request what starts it; null if it is done already
 */
public record MemberOpening(String run, RunRequest request) {}
