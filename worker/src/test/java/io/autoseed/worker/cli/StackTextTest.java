package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.infra.stack.ComponentStatus;
import io.autoseed.infra.stack.Condition;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.Ports;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.infra.stack.StackStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackTextTest {
  private static final String DOWN = "The stack is down: autoseed up starts it.\n";

  @TempDir private Path home;

  @Test
  void aStackThatRunsShowsWhereItsPagesAre() {
    assertThat(StackText.render(status(Condition.HEALTHY, "http://127.0.0.1:17304")).lines())
        .containsSubsequence(
            "Everything is healthy.",
            "Console:     http://127.0.0.1:17307",
            "MLflow:      http://127.0.0.1:17306",
            "Temporal:    http://127.0.0.1:17304",
            "Credentials: /as/credentials.json (PostgreSQL, S3)");
  }

  @Test
  void aTemporalElsewhereHasNoPageHere() {
    assertThat(StackText.render(status(Condition.HEALTHY, ""))).doesNotContain("Temporal:");
  }

  @Test
  void aDiskThatIsNearlyFullIsWarnedOfThoughEverythingIsHealthy() {
    assertThat(StackText.render(status(Condition.HEALTHY, "", "The disk is full.")).lines())
        .containsSequence("Everything is healthy.", "The disk is full.");
  }

  @Test
  void aStackThatWasTakenDownShowsNothingButHowToStartIt() {
    assertThat(StackText.render(status(Condition.DOWN, "http://127.0.0.1:17304"))).isEqualTo(DOWN);

    LocalStack.open(StackOptions.of(home).withPorts(Ports.free())).choose();
    CommandRun run = CommandRun.in(home, "status");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).isEqualTo(DOWN);
  }

  @Test
  void whatHasNoPasswordIsNamedWithWhatToDoOnASharedMachine() {
    assertThat(StackText.notice(List.of("Temporal", "MLflow")))
        .contains("no password", "Temporal, MLflow", "On a shared machine");
    assertThat(StackText.notice(List.of()))
        .isEqualTo("Everything listens on this machine alone.\n");
  }

  private static StackStatus status(Condition state, String temporal) {
    return status(state, temporal, "");
  }

  private static StackStatus status(Condition state, String temporal, String warning) {
    return new StackStatus(
        state == Condition.HEALTHY,
        state,
        List.of(
            new ComponentStatus(
                "mlflow", state == Condition.HEALTHY, state, "http://127.0.0.1:17306", 42, "3.1")),
        "http://127.0.0.1:17307",
        temporal,
        "/as/credentials.json",
        warning);
  }
}
