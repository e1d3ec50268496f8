package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopProgressTest {
  @Test
  void anAttemptGetsOnOnceItHasSavedMoreThanItBeganWith() {
    assertThat(LoopProgress.NONE.gotOn()).isFalse();
    assertThat(learning(2.5).gotOn()).isFalse();
    assertThat(learning(4).gotOn()).isTrue();
  }

  @Test
  void anEncodingDoesWithItsFirstShard() {
    assertThat(LoopProgress.ofShards(0, 0).gotOn()).isFalse();
    assertThat(LoopProgress.ofShards(1, 0.5).gotOn()).isTrue();
  }

  /** Of an attempt that went on from a checkpoint with 2.5 s of computing in it. */
  private static LoopProgress learning(double savedSeconds) {
    return new LoopProgress(5, 9, 100, 2.5, 4.5, savedSeconds, null, null, null);
  }
}
