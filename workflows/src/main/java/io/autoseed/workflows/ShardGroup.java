package io.autoseed.workflows;

import java.util.List;

/**
 * Shards of one task, to be encoded together.
 *
 * @param sequence digest of the sequence revision that holds the task
 * @param task index of the task whose files are read
 * @param shards indices in the task's own list of shards, which its document alone determines
 */
public record ShardGroup(String run, String sequence, int task, List<Integer> shards) {
  public ShardGroup {
    shards = List.copyOf(shards);
  }
}
