package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.infra.stack.StackProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForegroundProcessTest {
  @Test
  void itsEnvironmentReachesTheProgramAndItsFailureIsThatOfTheCommand() {
    assertThat(run("/bin/sh", "-c", "test \"$MADE_UP\" = yes")).isEqualTo(ExitCode.DONE);
    assertThat(run("/bin/sh", "-c", "exit 7")).isEqualTo(ExitCode.FAILED);
  }

  @Test
  void aProgramThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> run("/no/such/program"))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("the helper cannot start")
        .hasMessageContaining("/no/such/program");
  }

  private static int run(String... command) {
    return ForegroundProcess.run(
        new StackProcess(
            "helper", List.of(command), Map.of("MADE_UP", "yes"), "", Duration.ofSeconds(1)));
  }
}
