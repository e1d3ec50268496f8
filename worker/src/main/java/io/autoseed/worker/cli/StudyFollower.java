package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyStanding;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.worker.process.RunTrouble;
import io.autoseed.worker.process.Standstill;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.workflows.StudyStatus;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Watches a study until its report is written, and shows how far it is. */
final class StudyFollower {
  private static final Duration PERIOD = Duration.ofSeconds(1);
  private static final int QUIET_LOOKS = 6;

  private final StudyWatch watch;
  private final RunCatalog catalog;
  private final Function<String, Standstill> standstill;
  private final ProgressDisplay display;
  private final Lookout lookout;
  private final QuietSpell quiet;

  /**
   * @param standstill why a run, or the study, does not get on, if that is known
   */
  StudyFollower(
      StudyWatch watch,
      RunCatalog catalog,
      Function<String, Standstill> standstill,
      ProgressDisplay display,
      Lookout lookout) {
    this.watch = watch;
    this.catalog = catalog;
    this.standstill = standstill;
    this.display = display;
    this.lookout = lookout;
    this.quiet = new QuietSpell(QUIET_LOOKS, display);
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
              new RunTrouble(temporal.client(), catalog::atWork)::of,
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
    StudyLine line =
        StudyLine.of(status, catalog::progress, study -> standstill.apply(study).line());
    Standstill why = quiet.after(line, () -> queued(status.running(), standstill));
    display.show(line.fraction(), line.text() + why.line().map(reason -> ": " + reason).orElse(""));
  }

  /** That of the first run under way, if none of them has a worker. */
  static Standstill queued(List<String> running, Function<String, Standstill> standstill) {
    List<Standstill> queued =
        running.stream().map(standstill).takeWhile(found -> found.queuedSeconds() != null).toList();
    return queued.isEmpty() || queued.size() < running.size() ? Standstill.NONE : queued.get(0);
  }
}
