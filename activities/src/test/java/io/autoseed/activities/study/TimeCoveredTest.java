package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeCoveredTest {
  private final TimeCovered time = new TimeCovered();

  private void add(long from, long to) {
    time.add(Instant.ofEpochSecond(from), Instant.ofEpochSecond(to));
  }

  @Test
  void whatOverlapsCountsOnceAndWhatLiesBetweenNotAtAll() {
    add(0, 10);
    add(100, 120);
    add(5, 20);
    add(110, 115);

    assertThat(time.seconds()).isEqualTo(20 + 20);
  }

  @Test
  void aSpanThatBridgesOthersJoinsThem() {
    add(0, 10);
    add(20, 30);
    add(40, 50);
    add(10, 40);

    assertThat(time.seconds()).isEqualTo(50);
  }

  @Test
  void aSpanThatEndsBeforeItBeginsIsNone() {
    add(10, 0);

    assertThat(time.seconds()).isZero();
  }
}
