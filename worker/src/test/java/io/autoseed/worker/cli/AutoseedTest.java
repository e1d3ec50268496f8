package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AutoseedTest {
  @Test
  void helpGoesToStandardOutputAndIsNoError() {
    CommandRun run = CommandRun.of("--help");
    assertThat(run.exit()).isEqualTo(0);
    assertThat(run.out()).contains("Usage: autoseed", "COMMAND");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void everyCommandHasHelpAndJson() {
    CommandLine line = Autoseed.commandLine(Terminal.ofProcess(Map.of()), Surroundings.ofProcess());
    assertThat(line.getSubcommands()).isNotEmpty();
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(command.getCommandSpec().findOption("--help")).as(name).isNotNull();
              assertThat(command.getCommandSpec().findOption("--json")).as(name).isNotNull();
              assertThat(command.getCommandSpec().usageMessage().description())
                  .as(name)
                  .isNotEmpty();
            });
  }

  @Test
  void noCommandAWrongCommandAndAWrongOptionAreUsageErrorsOfTwoLines() {
    for (String[] arguments : new String[][] {{}, {"no-such-command"}, {"strategies", "--bogus"}}) {
      CommandRun run = CommandRun.of(arguments);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(2);
      assertThat(run.err()).startsWith("autoseed").doesNotContain("Exception");
    }
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheOneThatWasMeant() {
    assertThat(CommandRun.of("strategis").err()).contains("strategies");
  }

  @Test
  void jsonIsOneDocumentAndNothingElse() throws Exception {
    CommandRun run = CommandRun.of("strategies", "--json");
    assertThat(run.exit()).isEqualTo(0);
    JsonNode document = new ObjectMapper().readTree(run.out());
    assertThat(document.get("strategies").isArray()).isTrue();
    assertThat(run.err()).isEmpty();
  }

  @Test
  void theCompletionScriptKnowsEveryCommand() {
    assertThat(CommandRun.of("completion").out())
        .contains("_picocli_autoseed_demo", "_picocli_autoseed_compare", "--detach");
  }
}
