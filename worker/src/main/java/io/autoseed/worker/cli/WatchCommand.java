package io.autoseed.worker.cli;

import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Follows a run or a study that was submitted before, until it ends. */
@Command(
    name = "watch",
    description = {
      "Follow a run and its baselines, or a study, until they end; then show the report."
    })
final class WatchCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "RUN|STUDY",
      description = "A run or a study: its id, its name, or the start of its id.")
  private String reference;

  WatchCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (RunCatalog catalog = surroundings.catalog()) {
      Meant meant = Meant.of(catalog, reference);
      if (meant instanceof Meant.Study study) {
        return watch(study.standing().study());
      }
      return watch(catalog, ((Meant.Run) meant).view());
    }
  }

  private int watch(RunCatalog catalog, RunView view) {
    RunFollower.follow(catalog, surroundings, terminal(), view.run(), view.baselines());
    FinishedRun finished = FinishedRun.report(catalog, surroundings, view.run());
    print(finished.document(), finished.text());
    terminal()
        .say("run " + view.run() + " " + finished.document().state().toLowerCase(Locale.ROOT));
    return finished.exitCode();
  }

  private int watch(String study) {
    try (StackClient client = surroundings.client()) {
      StudyFollower.follow(surroundings, terminal(), study);
      return FinishedStudy.of(client.studies(), surroundings, study).tell(this);
    }
  }
}
