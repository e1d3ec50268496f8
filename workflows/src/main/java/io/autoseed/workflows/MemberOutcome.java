package io.autoseed.workflows;

/**
 * How a run of a study ended.
 *
 * @param member its place in the study
 * @param run its id; null if it could not be recorded
 * @param state DONE, FAILED or CANCELLED
 * @param reason one line; null for a run that is done
 */
public record MemberOutcome(int member, String run, RunState state, String reason) {}
