package io.autoseed.activities.phase;

import io.autoseed.workflows.ShardGroup;
import java.util.ArrayList;
import java.util.List;

/** Shards of one run put into groups of one activity each, up to {@link #MOST}. */
final class ShardGroups {
  /** Each group is an activity, and a workflow may wait for 2,000. */
  static final int MOST = 500;

  /** Images encoded by one activity, a few seconds' work. */
  private static final int IMAGES = 128;

  /** Rows of precomputed features copied by one activity. */
  private static final int ROWS = 8192;

  private final String run;
  private final String sequence;
  private final List<ShardGroup> groups = new ArrayList<>();

  ShardGroups(String run, String sequence) {
    this.run = run;
    this.sequence = sequence;
  }

  /** Adds shards of one task, those that no group has room for excepted: then it is full. */
  void add(int task, List<Shard> shards, boolean features) {
    int most = features ? ROWS : IMAGES;
    List<Integer> group = new ArrayList<>();
    int rows = 0;
    for (Shard shard : shards) {
      if (rows + shard.rows() > most && !group.isEmpty()) {
        add(task, group);
        group = new ArrayList<>();
        rows = 0;
      }
      group.add(shard.index());
      rows += shard.rows();
    }
    if (!group.isEmpty()) {
      add(task, group);
    }
  }

  private void add(int task, List<Integer> shards) {
    if (!full()) {
      groups.add(new ShardGroup(run, sequence, task, shards));
    }
  }

  /** Whether there may be shards that were left out. */
  boolean full() {
    return groups.size() == MOST;
  }

  List<ShardGroup> groups() {
    return List.copyOf(groups);
  }
}
