package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyStanding;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunList;
import io.autoseed.workflows.StudyStatus;
import java.time.Duration;

/**
 * A study after it was asked to end.
 *
 * @param state as {@code runs} has it, or {@code CANCELLING}
 * @param runs members of it
 * @param next what to do with it now
 */
record SteeredStudy(
    String study, String state, int runs, int done, int running, int failed, String next) {
  private static final Duration PERIOD = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Asks a study under way to end.
   *
   * @throws CommandFailure if it has reported: ended now, MLflow would never be told
   */
  static void end(StudyWatch watch, String study) {
    if (!watch.stop(study)) {
      throw new CommandFailure(
          "study %s has reported and only tells MLflow of it: there is nothing to end; autoseed watch %s shows its report"
              .formatted(study, study));
    }
  }

  /** Waits until the study has reported what it has, at most a minute: its runs end first. */
  static SteeredStudy awaitEnd(StudyWatch watch, RunCatalog catalog, String study) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (goesOn(watch, study)) {
      if (System.nanoTime() > deadline) {
        return of(
            catalog,
            study,
            "CANCELLING",
            "autoseed watch " + study + " shows when its runs have saved their checkpoints");
      }
      try {
        Thread.sleep(PERIOD.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(
            "interrupted; study " + study + " ends as asked: autoseed watch shows it", e);
      }
    }
    return of(
        catalog,
        study,
        null,
        "autoseed watch " + study + " shows how; run its file again to go on with the rest");
  }

  /** A study that has reported may still wait for MLflow. */
  private static boolean goesOn(StudyWatch watch, String study) {
    return watch.underWay(study) && watch.status(study).filter(StudyStatus::reported).isEmpty();
  }

  /**
   * @param state null for what the catalog says
   */
  private static SteeredStudy of(RunCatalog catalog, String study, String state, String next) {
    StudyStanding now = catalog.studies().of(study).orElseThrow(() -> Meant.noStudy(study));
    return new SteeredStudy(
        study,
        state == null ? now.state() : state,
        now.runs(),
        now.done(),
        now.running(),
        now.failed(),
        next);
  }

  String text() {
    return "study %s %s, %d of %d runs done%n%s%n"
        .formatted(study, RunList.word(state), done, runs, next);
  }
}
