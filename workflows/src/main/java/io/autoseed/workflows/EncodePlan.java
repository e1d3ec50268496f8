package io.autoseed.workflows;

import java.util.List;

/**
 * What ENCODE still has to compute.
 *
 * @param total number of shards the request covers
 * @param missing shards not in the store yet, in groups of one activity each
 * @param complete false if the plan was cut short: ask again when these are encoded
 */
public record EncodePlan(int total, List<ShardGroup> missing, boolean complete) {
  public EncodePlan {
    missing = List.copyOf(missing);
  }
}
