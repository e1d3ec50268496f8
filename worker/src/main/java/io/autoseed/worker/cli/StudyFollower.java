package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyStanding;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.StudyText;
import io.autoseed.workflows.StudyStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Watches a study until its report is written, and shows how far it is. */
final class StudyFollower {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final StudyWatch watch;
  private final RunCatalog catalog;
  private final ProgressDisplay display;

  private StudyFollower(StudyWatch watch, RunCatalog catalog, ProgressDisplay display) {
    this.watch = watch;
    this.catalog = catalog;
    this.display = display;
  }

  /** Follows a study; says how to go on if that is interrupted. */
  static void follow(
      StackClient client, Surroundings surroundings, Terminal terminal, String study) {
    try (RunCatalog catalog = surroundings.catalog();
        ProgressDisplay display = new ProgressDisplay(terminal, Clock.systemUTC())) {
      StudyFollower follower = new StudyFollower(client.studyWatch(), catalog, display);
      InterruptNotice.during(
          () -> follower.untilReported(study),
          () ->
              display.line(
                  "the study goes on; to follow it again: autoseed watch %s; to end it: autoseed cancel %s"
                      .formatted(study, study)));
    }
  }

  private void untilReported(String study) {
    while (true) {
      boolean underWay = watch.underWay(study);
      Optional<StudyStatus> status = watch.status(study);
      if (status.filter(StudyStatus::reported).isPresent()) {
        return;
      }
      if (!underWay) {
        requireReported(study);
        return;
      }
      if (status.isPresent()) {
        show(status.get());
      } else {
        display.show("waiting for a worker");
      }
      try {
        Thread.sleep(PERIOD.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted; the study goes on", e);
      }
    }
  }

  /** A report from before would be taken for that of the study as it ended now. */
  private void requireReported(String study) {
    Optional<String> failure = catalog.studies().of(study).map(StudyStanding::failure);
    if (failure.isPresent() || !watch.endedInOrder(study)) {
      throw new CommandFailure(
          "study %s ended before it could report%s: run its file again"
              .formatted(study, failure.map(reason -> " (" + reason + ")").orElse("")));
    }
  }

  private void show(StudyStatus status) {
    int ended = status.done() + status.failed();
    List<String> now = new ArrayList<>();
    double begun = 0;
    for (String run : status.running()) {
      Optional<RunCatalog.Progress> progress = catalog.progress(run);
      if (progress.isPresent()) {
        begun += (double) progress.get().phasesDone() / progress.get().phases();
        now.add(run.substring(status.study().length() + 1) + " " + progress.get().now());
      }
    }
    String failed = status.failed() == 0 ? "" : ", " + status.failed() + " failed";
    String left =
        status.hoursLeft() == null
            ? ""
            : ", estimated after the first of each strategy: "
                + StudyText.hours(status.hoursLeft());
    display.show(
        (ended + begun) / status.members(),
        "%d of %d runs%s%s  %s"
            .formatted(ended, status.members(), failed, left, String.join(", ", now)));
  }
}
