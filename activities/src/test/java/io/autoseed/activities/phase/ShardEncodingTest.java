package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShardEncodingTest {
  private static final Shard SHARD =
      new Shard(
          0,
          Shard.Content.TRAIN,
          0,
          List.of(file("train/coat/0.png", "0"), file("train/coat/1.png", "1")),
          List.of(),
          "0".repeat(64),
          "features/");

  @Test
  void imagesWhoseFeaturesAreAllZerosAreRemarkedOn() {
    assertThat(ShardEncoding.remark(SHARD, Tensor.of(new float[] {0, 1, 0, -0f}, 2, 2)))
        .hasValueSatisfying(
            remark ->
                assertThat(remark)
                    .contains("1 of 2 images are all zeros, the first those of train/coat/1.png:"));
  }

  @Test
  void othersAreNot() {
    assertThat(ShardEncoding.remark(SHARD, Tensor.of(new float[] {0, 1, 1, 0}, 2, 2))).isEmpty();
  }

  private static FileDocument file(String path, String digit) {
    return new FileDocument(path, digit.repeat(64));
  }
}
