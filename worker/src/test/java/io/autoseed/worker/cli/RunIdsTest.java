package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunIdsTest {
  private static final Instant NOW = Instant.parse("2026-11-22T02:30:45Z");

  @Test
  void anIdIsTheNameTheTimeAndSomethingRandom() {
    assertThat(RunIds.of("quickstart", NOW, new Random(1)))
        .matches("quickstart-20261122-023045-[0-9a-f]{4}");
    assertThat(RunIds.of("quickstart", NOW, new Random(1)))
        .isNotEqualTo(RunIds.of("quickstart", NOW, new Random(2)));
  }

  @Test
  void anIdHasTheNameThatItWasMadeFromAndNoShorterOne() {
    String run = RunIds.of("calm-2", NOW, new Random(1));

    assertThat(RunIds.isNamed(run, "calm-2")).isTrue();
    assertThat(RunIds.isNamed(run, "calm")).isFalse();
    assertThat(RunIds.isNamed(run, run)).isFalse();
    assertThat(RunIds.isNamed(RunIds.baseline(run, "slda"), "calm-2")).isFalse();
  }

  @Test
  void aBaselineIsNamedAfterItsRun() {
    assertThat(RunIds.baseline("a-20261122-023045-3f2a", "slda"))
        .isEqualTo("a-20261122-023045-3f2a-slda");
  }
}
