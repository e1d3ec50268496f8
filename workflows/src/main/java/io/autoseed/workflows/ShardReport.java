package io.autoseed.workflows;

/**
 * @param computed shards computed by this activity; others were there already
 * @param computeSeconds time spent computing
 */
public record ShardReport(int computed, double computeSeconds) {}
