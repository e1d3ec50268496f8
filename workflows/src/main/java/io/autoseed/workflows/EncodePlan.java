package io.autoseed.workflows;

import java.util.List;

/**
 * What ENCODE still has to compute.
 *
 * @param total number of shards the request covers
 * @param missing shards not in the store yet, in groups of one activity each
 * @param complete false if the plan was cut short: ask again when these are encoded
 * @param committed the outcome of ENCODE if nothing was missing and it is committed already; null
 *     if it is still to be committed
 */
public record EncodePlan(
    int total, List<ShardGroup> missing, boolean complete, PhaseOutcome committed) {
  public EncodePlan {
    missing = List.copyOf(missing);
  }
}
