package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSteering;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import picocli.CommandLine.Parameters;

/** Asks something of a run that has not ended, and waits until the run has done it. */
abstract class SteeringCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(paramLabel = "RUN", description = "A run: its id, or the start of it.")
  private String run;

  SteeringCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() {
    try (StackClient client = surroundings.client();
        RunCatalog catalog = surroundings.catalog()) {
      RunView asked = Surroundings.require(catalog, run);
      steer(client.steering(), asked.run());
      SteeredRun steered = SteeredRun.await(catalog, asked.run(), this::done, underway());
      print(steered, steered.text());
      if (!asked.baselines().isEmpty()) {
        terminal()
            .say("the runs beside it are left alone: " + String.join(", ", asked.baselines()));
      }
    }
    return ExitCode.DONE;
  }

  /** Returns once the run has taken the request. */
  abstract void steer(RunSteering steering, String id);

  /** Whether the run has done it. */
  abstract boolean done(RunView view);

  /** The run's state while it has not. */
  abstract String underway();
}
