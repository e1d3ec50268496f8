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

  /** What the catalog and the workflow accept. */
  @Test
  void anyNameMakesAnIdThatThePlatformAccepts() {
    for (String name : new String[] {"../../etc", "my run", "", "Ünïcode", "x".repeat(500), "-a"}) {
      assertThat(RunIds.of(name, NOW, new Random(1))).matches("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
    }
  }

  @Test
  void aBaselineIsNamedAfterItsRun() {
    assertThat(RunIds.baseline("a-20261122-023045-3f2a", "slda"))
        .isEqualTo("a-20261122-023045-3f2a-slda");
  }
}
