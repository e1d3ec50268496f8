package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.workflows.ShardGroup;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardGroupsTest {
  private final ShardGroups groups = new ShardGroups("run", "sequence");

  private static List<Shard> shards(int count, int rows) {
    FileDocument file = new FileDocument("a.png", "0".repeat(64));
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Shard(
                    i,
                    Shard.Content.TRAIN,
                    0,
                    Collections.nCopies(rows, file),
                    List.of(),
                    Integer.toString(i),
                    "features/"))
        .toList();
  }

  @Test
  void aGroupIsAFewSecondsOfOneTask() {
    groups.add(3, shards(5, 64), false);
    groups.add(4, shards(5, 64), true);

    assertThat(groups.groups())
        .containsExactly(
            new ShardGroup("run", "sequence", 3, List.of(0, 1)),
            new ShardGroup("run", "sequence", 3, List.of(2, 3)),
            new ShardGroup("run", "sequence", 3, List.of(4)),
            new ShardGroup("run", "sequence", 4, List.of(0, 1, 2, 3, 4)));
    assertThat(groups.full()).isFalse();
  }

  @Test
  void thereAreNeverMoreGroupsThanAWorkflowMayWaitFor() {
    groups.add(0, shards(300, 128), false);
    groups.add(1, shards(2000, 128), false);

    assertThat(groups.groups()).hasSize(ShardGroups.MOST);
    assertThat(groups.full()).isTrue();
  }
}
