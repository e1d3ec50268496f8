package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandsTest {
  @ParameterizedTest
  @ValueSource(strings = {"23h", "0d", "1", "a day"})
  void whatIsYoungerThanADayIsNeverGarbage(String age) {
    CommandRun run = CommandRun.of("gc", "--older-than", age, "--apply");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--older-than", "at least 1d", age);
  }

  @Test
  void theCatalogAloneIsNoCommand() {
    CommandRun run = CommandRun.of("catalog");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("catalog rebuild");
  }

  @Test
  void lineageGoesOneWay() {
    CommandRun run = CommandRun.of("lineage", "x", "--up", "--down");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--up", "--down");
  }
}
