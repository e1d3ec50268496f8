package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyStanding;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.worker.process.RunTrouble;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.workflows.StudyStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** Watches a study until its report is written, and shows how far it is. */
final class StudyFollower {
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final StudyWatch watch;
  private final RunCatalog catalog;
  private final Function<String, Optional<String>> trouble;
  private final ProgressDisplay display;
  private final Lookout lookout;

  StudyFollower(
      StudyWatch watch,
      RunCatalog catalog,
      Function<String, Optional<String>> trouble,
      ProgressDisplay display,
      Lookout lookout) {
    this.watch = watch;
    this.catalog = catalog;
    this.trouble = trouble;
    this.display = display;
    this.lookout = lookout;
  }

  /** Follows a study; says how to go on if that is interrupted. */
  static void follow(Surroundings surroundings, Terminal terminal, String study) {
    try (RunCatalog catalog = surroundings.catalog();
        TemporalConnection temporal = surroundings.temporal();
        ProgressDisplay display = new ProgressDisplay(terminal, Clock.systemUTC())) {
      StudyFollower follower =
          new StudyFollower(
              new StudyWatch(temporal.client()),
              catalog,
              new RunTrouble(temporal.client())::of,
              display,
              Lookout.on(surroundings, display, PERIOD));
      InterruptNotice.during(
          () -> follower.untilReported(study),
          () ->
              display.line(
                  "the study goes on; to follow it again: autoseed watch %s; to end it: autoseed cancel %s"
                      .formatted(study, study)));
    }
  }

  /** Returns once the study has reported. */
  void untilReported(String study) {
    lookout.until(() -> reported(study), "study", study);
  }

  private boolean reported(String study) {
    boolean underWay = watch.underWay(study);
    Optional<StudyStatus> status = watch.status(study);
    if (status.filter(StudyStatus::reported).isPresent()) {
      return true;
    }
    if (!underWay) {
      requireReported(study);
      return true;
    }
    if (status.isPresent()) {
      show(status.get());
    } else {
      display.show("waiting for a worker");
    }
    return false;
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
    StudyLine line = StudyLine.of(status, catalog::progress, trouble);
    display.show(line.fraction(), line.text());
  }
}
