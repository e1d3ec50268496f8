package io.autoseed.worker.cli;

import io.autoseed.worker.report.RunCatalog.Progress;
import io.autoseed.worker.report.StudyText;
import io.autoseed.workflows.StudyStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How far a study under way is, in one line.
 *
 * @param fraction of its phases that are done, from 0 to 1
 */
record StudyLine(double fraction, String text) {
  /**
   * @param runs how far a run is, empty for one that is not recorded
   * @param trouble why a study does not get on, empty if it does; asked for only while it has no
   *     run under way, for runs say themselves what they are at
   */
  static StudyLine of(
      StudyStatus status,
      Function<String, Optional<Progress>> runs,
      Function<String, Optional<String>> trouble) {
    int ended = status.done() + status.failed();
    List<String> now = new ArrayList<>();
    double begun = 0;
    for (String run : status.running()) {
      Optional<Progress> progress = runs.apply(run);
      if (progress.isPresent()) {
        begun += (double) progress.get().phasesDone() / progress.get().phases();
        now.add(run.substring(status.study().length() + 1) + " " + progress.get().now());
      }
    }
    if (status.running().isEmpty()) {
      trouble.apply(status.study()).ifPresent(now::add);
    }
    String failed = status.failed() == 0 ? "" : ", " + status.failed() + " failed or cancelled";
    String left =
        status.hoursLeft() == null
            ? ""
            : ", estimated after the first of each strategy: "
                + StudyText.hours(status.hoursLeft());
    return new StudyLine(
        (ended + begun) / status.members(),
        "%d of %d runs%s%s  %s"
            .formatted(ended, status.members(), failed, left, String.join(", ", now)));
  }
}
