package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.LocalStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditCommandsTest {
  @TempDir private Path home;

  @ParameterizedTest
  @ValueSource(strings = {"verify calm", "lineage calm", "gc", "catalog rebuild"})
  void aStackThatIsDownIsNotAsked(String command) {
    LocalStack.open(home).choose();

    CommandRun run = CommandRun.in(home, command.split(" ", -1));

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .endsWith("the stack is down: autoseed up starts it");
  }

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
