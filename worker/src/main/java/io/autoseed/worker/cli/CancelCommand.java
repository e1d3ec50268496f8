package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSteering;
import io.autoseed.worker.report.RunView;
import picocli.CommandLine.Command;

/** Ends a run. */
@Command(
    name = "cancel",
    description = {
      "End a run at its next step. Finished tasks and the last checkpoint stay:",
      "autoseed run FILE --from RUN goes on from there."
    })
final class CancelCommand extends SteeringCommand {
  CancelCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal, surroundings);
  }

  @Override
  void steer(RunSteering steering, String run) {
    steering.cancel(run);
  }

  @Override
  boolean done(RunView view) {
    return view.ended();
  }

  @Override
  String underway() {
    return "CANCELLING";
  }
}
