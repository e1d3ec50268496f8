package io.autoseed.workflows;

/**
 * @param request the ENCODE phase
 * @param computed shards that had to be computed for it
 * @param computeSeconds time spent computing them
 */
public record EncodeRequest(PhaseRequest request, int computed, double computeSeconds) {}
