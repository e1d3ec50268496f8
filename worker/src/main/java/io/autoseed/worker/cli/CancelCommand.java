package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSteering;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunList;
import io.autoseed.worker.report.RunView;
import picocli.CommandLine.Command;

/** Ends a run or a study. */
@Command(
    name = "cancel",
    description = {
      "End a run at its next step; its finished tasks and its last checkpoint stay.",
      "autoseed run FILE --from RUN goes on from there.",
      "Or end a study with all its open runs: finished ones stay, it reports what it has, and",
      "its file run again goes on with the rest."
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
  void steerStudy(StackClient client, RunCatalog catalog, StudyStanding study) {
    StudyWatch watch = client.studyWatch();
    if (!watch.underWay(study.study())) {
      throw new CommandFailure(
          study.open()
              ? "study %s ended before it could report: run its file again".formatted(study.study())
              : "study %s is %s, there is nothing to cancel"
                  .formatted(study.study(), RunList.word(study.state())));
    }
    SteeredStudy.end(watch, study.study());
    SteeredStudy steered = SteeredStudy.awaitEnd(watch, catalog, study.study());
    print(steered, steered.text());
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
