package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSteering;
import io.autoseed.worker.report.RunView;
import picocli.CommandLine.Command;

/** Lets a paused run go on. */
@Command(
    name = "resume",
    description = {"Let a paused run go on from its checkpoint."})
final class ResumeCommand extends SteeringCommand {
  ResumeCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal, surroundings);
  }

  @Override
  void steer(RunSteering steering, String run) {
    steering.resume(run);
  }

  @Override
  boolean done(RunView view) {
    return view.state().equals("RUNNING");
  }

  @Override
  String underway() {
    return "RESUMING";
  }
}
