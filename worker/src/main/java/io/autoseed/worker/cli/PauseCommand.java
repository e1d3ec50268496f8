package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSteering;
import io.autoseed.worker.report.RunView;
import picocli.CommandLine.Command;

/** Lets a run hold. */
@Command(
    name = "pause",
    description = {
      "Pause a run: it finishes its step, saves a checkpoint and holds, in no worker's slot.",
      "It stays paused, whatever is restarted, until autoseed resume RUN."
    })
final class PauseCommand extends SteeringCommand {
  PauseCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal, surroundings);
  }

  @Override
  void steer(RunSteering steering, String run) {
    steering.pause(run);
  }

  @Override
  boolean done(RunView view) {
    return view.state().equals("PAUSED");
  }

  @Override
  String underway() {
    return "PAUSING";
  }
}
