package io.autoseed.worker.cli;

import io.autoseed.worker.report.RunCatalog;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a run that was submitted before, until it ends. */
@Command(name = "watch", description = "Follow a run and its baselines until they end.")
final class WatchCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "RUN", description = "Id of the run, as autoseed runs lists it.")
  private String run;

  WatchCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (RunCatalog catalog = surroundings.catalog()) {
      List<String> baselines = Surroundings.require(catalog, run).baselines();
      RunFollower.follow(catalog, surroundings, terminal(), run, baselines);
      FinishedRun finished = FinishedRun.report(catalog, surroundings, run);
      print(finished.document(), finished.text());
      terminal().say("run " + run + " " + finished.document().state().toLowerCase(Locale.ROOT));
      return finished.exitCode();
    }
  }
}
