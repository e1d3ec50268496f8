package io.autoseed.infra.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RestartPolicyTest {
  private final RestartPolicy policy = new RestartPolicy();

  @Test
  void theFirstFiveDeathsOfAMinuteCostNoDelay() {
    for (long now = 0; now < 50_000; now += 10_000) {
      assertThat(policy.died(now)).isEqualTo(now);
    }
  }

  @Test
  void furtherDeathsCostMoreAndMoreUpToHalfAMinute() {
    for (int i = 0; i < 5; i++) {
      policy.died(i);
    }

    assertThat(policy.died(10)).isEqualTo(10 + 2_000);
    assertThat(policy.died(3_000)).isEqualTo(3_000 + 4_000);
    assertThat(policy.died(8_000)).isEqualTo(8_000 + 8_000);
    assertThat(policy.died(17_000)).isEqualTo(17_000 + 16_000);
    assertThat(policy.died(34_000)).isEqualTo(34_000 + 30_000);
    assertThat(policy.died(65_000)).isEqualTo(65_000 + 30_000);
  }

  @Test
  void aMinuteWithoutADeathForgivesAll() {
    for (int i = 0; i < 7; i++) {
      policy.died(i);
    }

    assertThat(policy.died(100_000)).isEqualTo(100_000);
  }
}
