package io.autoseed.worker.cli;

import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunComparison;
import io.autoseed.worker.report.RunView;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts runs side by side. */
@Command(
    name = "compare",
    description = {
      "Put runs side by side, with 95 %% bootstrap intervals over tasks.",
      "Differences are to the first run, the same tasks drawn in both, if both learned the same"
          + " tasks."
    })
final class CompareCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "RUN",
      arity = "2..*",
      description = "Ids of the runs, as autoseed runs lists them.")
  private List<String> runs = new ArrayList<>();

  CompareCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (RunCatalog catalog = surroundings.catalog()) {
      List<RunView> views = runs.stream().map(run -> Surroundings.require(catalog, run)).toList();
      RunComparison comparison = RunComparison.of(views);
      print(comparison, comparison.text());
    }
    return ExitCode.DONE;
  }
}
