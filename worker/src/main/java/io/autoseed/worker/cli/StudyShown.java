package io.autoseed.worker.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunList;
import io.autoseed.worker.report.RunSummary;
import io.autoseed.worker.report.StudyText;
import java.util.List;

/**
 * What {@code show} says of a study.
 *
 * @param standing its keys stand on the top level
 * @param members its runs in the order of their submission, those that others replaced included
 * @param report the newest, or null before the first
 */
record StudyShown(
    @JsonUnwrapped StudyStanding standing, List<RunSummary> members, StudyReport report) {
  static StudyShown of(RunCatalog catalog, StudyStanding standing) {
    return new StudyShown(
        standing,
        catalog.members(standing.study()),
        catalog.studies().report(standing.study()).orElse(null));
  }

  String text() {
    StringBuilder text = new StringBuilder(RunList.studies(List.of(standing)));
    if (!members.isEmpty()) {
      text.append('\n').append(RunList.runs(members));
    }
    if (standing.failure() != null) {
      text.append("%nIt ended before it could report: %s%n".formatted(standing.failure()))
          .append("run its file again to go on\n");
    }
    if (report == null && standing.failure() == null) {
      text.append(
          "\nIt has no report yet: autoseed watch %s waits for it%n".formatted(standing.study()));
    } else if (report != null) {
      text.append("%nReport of %s%n".formatted(report.writtenAt()))
          .append(StudyText.render(report))
          .append("autoseed watch %s writes it as a page%n".formatted(standing.study()));
    }
    return text.toString();
  }
}
