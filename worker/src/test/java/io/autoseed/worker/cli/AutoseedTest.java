package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  void withoutACommandThereIsAListOfThem() {
    CommandRun run = CommandRun.of();

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("Usage: autoseed", "  study ", "Start with: autoseed demo");
  }

  @Test
  void aWrongCommandAndAWrongOptionAreUsageErrorsOfTwoLines() {
    for (String[] arguments : new String[][] {{"no-such-command"}, {"strategies", "--bogus"}}) {
      CommandRun run = CommandRun.of(arguments);
      assertThat(run.exit()).isEqualTo(2);
      assertThat(run.out()).isEmpty();
      assertThat(run.err().lines()).hasSize(2);
      assertThat(run.err()).startsWith("autoseed").doesNotContain("Exception");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "runs --limit -3|--limit: expected 1 or more, found -3",
        "runs --state don|--state: expected one of CANCELLED, DONE, FAILED, PARTLY_DONE, PAUSED, RUNNING,",
        "run any.yaml --name ../../etc|--name: expected up to 64 letters, digits, dots, dashes",
        "study any.yaml --name Ünïcode|the first a letter or a digit, found",
        "study any.yaml --parallel -1|--parallel: expected more than 0, found -1",
        "study any.yaml --max-hours NaN|--max-hours: expected more than 0, found NaN",
        "worker --health-port -1|--health-port: expected 0 to 65535, found -1",
        "worker --health-port 65536|--health-port: expected 0 to 65535, found 65536",
        "up --mlflow tracker:5000|--mlflow: expected a URL, found tracker:5000",
        "up --postgres jdbc:mysql://db/x|expected pinned, path or an address, found jdbc:mysql:"
      })
  void aValueThatCannotBeMeantIsAUsageErrorThatSaysWhatIsExpected(String command, String line) {
    CommandRun run = CommandRun.of(command.split(" ", -1));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains(line);
  }

  @Test
  void aNameWithABlankIsRefusedNotChanged() {
    CommandRun run = CommandRun.of("run", "any.yaml", "--name", "a b");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("autoseed run: --name: expected up to 64 letters")
        .contains("found 'a b'");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "strategis|autoseed: there is no command strategis|Did you mean: autoseed strategies",
        "catalog rebild|autoseed catalog: there is no command rebild|Did you mean: catalog rebuild?",
        "runs --limt 3|autoseed runs: there is no option --limt|Possible solutions: --limit",
        "runs all|autoseed runs: expected no argument, found 'all'|Usage: see autoseed runs --help",
        "run a.yaml b.yaml|autoseed run: expected FILE alone, found 'b.yaml', too|Usage: see autoseed run --help",
        "run|autoseed run: expected FILE|Usage: see autoseed run --help",
        "run a.yaml --name|autoseed run: expected --name NAME|Usage: see autoseed run --help",
        "classify|autoseed classify: expected --model REF IMAGE|Usage: see autoseed classify --help",
        "run a.yaml --set steps|autoseed run: --set: expected KEY=VALUE, found 'steps'|Usage: see autoseed run --help",
      })
  void aMistakeIsNamedInOneLineAndHelpInTheNext(String command, String line, String help) {
    CommandRun run = CommandRun.of(command.split(" ", -1));

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err().lines()).hasSize(2);
    assertThat(run.err()).startsWith(line + "\n" + help);
  }

  @Test
  void aFolderInPlaceOfAFileIsCalledOne() {
    CommandRun run = CommandRun.of("run", "src");

    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.err()).startsWith("autoseed run: src: is a folder; name a YAML file in it");
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
  void featuresOfZerosAreWarnedOfOnceWhenTheirSequenceIsRead(@TempDir Path home) throws Exception {
    Path features = home.resolve("points.safetensors");
    Files.write(
        features,
        SafeTensors.encode(
            TensorBundle.of(
                Map.of(
                    "image", Tensor.of(new float[] {1, 0, 0, 1, -0f, 0, 0, 0}, 4, 2),
                    "label", Tensor.of(new int[] {0, 1, 0, 1}, 4),
                    "train", Tensor.of(new int[] {1, 1, 0, 0}, 4),
                    "text", Tensor.of(new float[] {1, 0, 0, 1}, 2, 2)))));
    Files.writeString(
        home.resolve("points.json"), "{\"class_text\":[\"a\",\"b\"],\"prompt\":[\"a\",\"b\"]}");
    Path sequence =
        Files.writeString(
            home.resolve("sequence.yaml"),
            """
            name: made-up
            model: {kind: builtin}
            datasets:
              points: {path: points.safetensors}
            tasks:
              - {dataset: points, classes: [a, b]}
            strategy: {name: slda}
            random-seed: 1
            """);

    CommandRun run = CommandRun.with(Map.of(), home, "run", sequence.toString());

    assertThat(run.exit()).as("there is no stack").isEqualTo(ExitCode.FAILED);
    assertThat(run.err().lines())
        .filteredOn(line -> line.contains(" WARN "))
        .singleElement()
        .asString()
        .contains(features + ": 2 of 4 rows of image are all zeros, the first is row 2: ");
  }

  @Test
  void theCompletionScriptKnowsEveryCommand() {
    assertThat(CommandRun.of("completion").out())
        .contains("_picocli_autoseed_demo", "_picocli_autoseed_compare", "--detach");
  }
}
