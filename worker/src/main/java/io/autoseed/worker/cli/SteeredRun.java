package io.autoseed.worker.cli;

import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A run after it was asked for something.
 *
 * @param state as {@code show} has it, or what is under way, such as {@code PAUSING}
 * @param now what it is at, such as {@code task 2 adapt}; empty if nothing
 * @param next what to do with it now; empty if nothing
 */
record SteeredRun(String run, String state, int tasksDone, int tasks, String now, String next) {
  private static final Duration PERIOD = Duration.ofMillis(400);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Waits until the run has done what it was asked, at most a minute: a step under way is finished
   * first.
   *
   * @param underway its state while it has not
   */
  static SteeredRun await(
      RunCatalog catalog, String run, Predicate<RunView> done, String underway) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      RunView view = Surroundings.require(catalog, run);
      String now = catalog.progress(run).map(RunCatalog.Progress::now).orElse("");
      if (done.test(view) || view.ended()) {
        return of(view, view.state(), now, NextStep.of(run, view.state()));
      }
      if (System.nanoTime() > deadline) {
        return of(
            view, underway, now, "autoseed watch " + run + " shows when the step is finished");
      }
      try {
        Thread.sleep(PERIOD.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure(
            "interrupted; run " + run + " does as asked: autoseed watch shows it", e);
      }
    }
  }

  private static SteeredRun of(RunView view, String state, String now, String next) {
    return new SteeredRun(view.run(), state, view.tasksDone(), view.tasks().size(), now, next);
  }

  String text() {
    return "run %s %s, %d of %d tasks done%s%n%s"
        .formatted(
            run,
            state.toLowerCase(Locale.ROOT),
            tasksDone,
            tasks,
            now.isEmpty() ? "" : ", at " + now,
            next.isEmpty() ? "" : next + "\n");
  }
}
