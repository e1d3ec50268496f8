package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.workflows.Failures;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureShardsTest {
  private static final TaskDocument TASK =
      new TaskDocument("birds", "made-up", "0".repeat(64), true, List.of());

  @Test
  void aTaskTakesFourBytesAValue() {
    assertThat(FeatureShards.bytes(TASK, Shard.Content.TRAIN, 419_000, 1280))
        .isEqualTo(2_145_280_000);
  }

  @Test
  void aTaskLargerThanATensorIsRefusedForGood() {
    assertThatThrownBy(() -> FeatureShards.bytes(TASK, Shard.Content.TRAIN, 420_000, 1280))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> assertThat(failure.getType()).isEqualTo(Failures.BAD_INPUT))
        .hasMessageContaining("task 'birds' has 420,000 rows of train features of width 1280")
        .hasMessageContaining("train-per-class");
  }
}
