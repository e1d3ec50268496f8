package io.autoseed.activities.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetentionTest {
  @Test
  void theEnvironmentSaysHowLongAndHowStrictly() {
    assertThat(Retention.configured(Map.of(Retention.VARIABLE, "compliance:365")))
        .isEqualTo(new Retention(Retention.Mode.COMPLIANCE, Duration.ofDays(365)));
    assertThat(Retention.configured(Map.of()))
        .isEqualTo(new Retention(Retention.Mode.GOVERNANCE, Duration.ofDays(30)));
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> Retention.configured(Map.of(Retention.VARIABLE, "forever")))
        .hasMessageContaining("governance:DAYS")
        .hasMessageContaining("forever");
  }
}
