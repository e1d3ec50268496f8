package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSteering;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import picocli.CommandLine.Parameters;

/** Asks something of a run that has not ended, and waits until the run has done it. */
abstract class SteeringCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "RUN", description = "A run: its id, its name, or the start of its id.")
  private String run;

  SteeringCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() {
    try (StackClient client = surroundings.client();
        RunCatalog catalog = surroundings.catalog()) {
      Meant meant = Meant.of(catalog, run);
      if (meant instanceof Meant.Study study) {
        steerStudy(client, catalog, study.standing());
        return ExitCode.DONE;
      }
      RunView asked = ((Meant.Run) meant).view();
      steer(client.steering(), asked.run());
      SteeredRun steered = SteeredRun.await(catalog, asked.run(), this::done, underway());
      print(steered, steered.text());
      if (!asked.baselines().isEmpty()) {
        int beside = asked.baselines().size();
        terminal()
            .say(
                beside == 1
                    ? "the run beside it is left alone: " + asked.baselines().get(0)
                    : "the %d runs beside it are left alone: autoseed runs --all lists them"
                        .formatted(beside));
      }
    }
    return ExitCode.DONE;
  }

  /** Asks it of a study; most requests are for runs alone. */
  void steerStudy(StackClient client, RunCatalog catalog, StudyStanding study) {
    throw new CommandFailure(
        "%s is a study: give one of its runs, which autoseed runs --study %s lists, or end it: autoseed cancel %s"
            .formatted(study.study(), study.study(), study.study()));
  }

  /** Returns once the run has taken the request. */
  abstract void steer(RunSteering steering, String id);

  /** Whether the run has done it. */
  abstract boolean done(RunView view);

  /** The run's state while it has not. */
  abstract String underway();
}
