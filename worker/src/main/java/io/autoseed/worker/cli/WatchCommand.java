package io.autoseed.worker.cli;

import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a run that was submitted before, until it ends. */
@Command(name = "watch", description = "Follow a run and its baselines until they end.")
final class WatchCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "RUN", description = "A run: its id, or the start of it.")
  private String run;

  WatchCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (RunCatalog catalog = surroundings.catalog()) {
      RunView view = Surroundings.require(catalog, run);
      RunFollower.follow(catalog, surroundings, terminal(), view.run(), view.baselines());
      FinishedRun finished = FinishedRun.report(catalog, surroundings, view.run());
      print(finished.document(), finished.text());
      terminal()
          .say("run " + view.run() + " " + finished.document().state().toLowerCase(Locale.ROOT));
      return finished.exitCode();
    }
  }
}
