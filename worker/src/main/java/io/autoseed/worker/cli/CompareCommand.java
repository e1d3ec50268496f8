package io.autoseed.worker.cli;

import io.autoseed.worker.report.ComparisonText;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunComparison;
import io.autoseed.worker.report.RunComparison.Subject;
import io.autoseed.worker.report.RunView;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts runs side by side. */
@Command(
    name = "compare",
    description = {
      "Put two runs or more side by side, with 95 %% bootstrap intervals over tasks.",
      "Differences are to the first run, the same tasks drawn in both, if both learned the same"
          + " tasks. Equal runs are said to be identical."
    })
final class CompareCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "RUN",
      arity = "0..*",
      description = "Runs: their ids, or the starts of them.")
  private List<String> runs = new ArrayList<>();

  CompareCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (runs.size() < 2) {
      throw new ParameterException(
          spec.commandLine(),
          "expected the ids of two runs or more, found %s: autoseed runs lists them"
              .formatted(runs.isEmpty() ? "none" : "only " + runs.get(0)));
    }
    try (RunCatalog catalog = surroundings.catalog()) {
      RunComparison comparison =
          RunComparison.of(runs.stream().map(run -> subject(catalog, run)).toList());
      print(comparison, ComparisonText.render(comparison));
    }
    return ExitCode.DONE;
  }

  private static Subject subject(RunCatalog catalog, String run) {
    RunView view = Surroundings.require(catalog, run);
    return new Subject(view, catalog.forwardTransfers(view.run()));
  }
}
