package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyObjects;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.worker.report.ReportFolder;
import io.autoseed.worker.report.StudyText;
import io.autoseed.workflows.StudyState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A study that has reported, its files on this machine.
 *
 * @param document what {@code --json} prints
 * @param text what is printed otherwise
 * @param complaint one line, if not all is done that was asked for
 */
record FinishedStudy(StudyDocumentJson document, String text, Optional<String> complaint) {
  /** Brings the newest report of a study into {@code AUTOSEED_HOME/reports}. */
  static FinishedStudy of(StudyObjects studies, Surroundings surroundings, String study) {
    StudyReport report =
        studies
            .report(study)
            .orElseThrow(
                () ->
                    new CommandFailure(
                        "study " + study + " ended without a report: run its file again"));
    try {
      Path folder = ReportFolder.write(surroundings.home(), study, studies.files(study));
      Path page = folder.resolve("report.html");
      return new FinishedStudy(
          new StudyDocumentJson(report, page.toString()),
          StudyText.render(report) + where(folder, page),
          complaint(report));
    } catch (IOException e) {
      throw new CommandFailure(
          "the report cannot be written below " + surroundings.home() + " (" + e + ")", e);
    }
  }

  /** Prints it as the result of a command; returns the exit code. */
  int tell(AutoseedCommand command) {
    command.print(document, text);
    complaint.ifPresent(command.terminal()::say);
    return complaint.isPresent() ? ExitCode.FAILED : ExitCode.DONE;
  }

  private static String where(Path folder, Path page) {
    return "\nWhere to look\n  report    %s\n  Markdown  %s\n"
        .formatted(page, folder.resolve("report.md"));
  }

  private static Optional<String> complaint(StudyReport report) {
    long lost = report.lost();
    if (report.state().equals(StudyState.STOPPED.name())) {
      return Optional.of(
          "study %s was stopped: %s; run the file again to go on"
              .formatted(report.study(), report.reason()));
    }
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            lost + " runs failed, the report names them: run the file again to try them again");
  }
}
