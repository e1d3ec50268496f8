package io.autoseed.worker.cli;

import io.autoseed.worker.report.RunCatalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Watches runs in the catalog until all have ended, and shows how far they are. */
final class RunFollower {
  private static final Duration PERIOD = Duration.ofMillis(400);

  /** Waits; a test need not. */
  interface Pause {
    void sleep(Duration time) throws InterruptedException;
  }

  private final RunCatalog catalog;
  private final ProgressDisplay display;
  private final Pause pause;

  RunFollower(RunCatalog catalog, ProgressDisplay display, Pause pause) {
    this.catalog = catalog;
    this.display = display;
    this.pause = pause;
  }

  static RunFollower of(RunCatalog catalog, ProgressDisplay display) {
    return new RunFollower(catalog, display, time -> Thread.sleep(time.toMillis()));
  }

  /** Follows a run and its baselines. */
  List<RunCatalog.Progress> followAll(String run, List<String> baselines) {
    List<String> all = new ArrayList<>(List.of(run));
    all.addAll(baselines);
    return follow(all);
  }

  /**
   * Returns once every run has ended, in whatever way.
   *
   * @param runs ids; the first is the one people care for
   */
  List<RunCatalog.Progress> follow(List<String> runs) {
    while (true) {
      List<RunCatalog.Progress> all = new ArrayList<>();
      for (String run : runs) {
        all.add(
            catalog
                .progress(run)
                .orElseThrow(
                    () ->
                        new CommandFailure(
                            "there is no run " + run + ": autoseed runs lists them")));
      }
      if (all.stream().allMatch(RunCatalog.Progress::ended)) {
        return all;
      }
      show(all);
      try {
        pause.sleep(PERIOD);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CommandFailure("interrupted; the run goes on: autoseed watch " + runs.get(0), e);
      }
    }
  }

  private void show(List<RunCatalog.Progress> all) {
    int done = all.stream().mapToInt(RunCatalog.Progress::phasesDone).sum();
    int phases = all.stream().mapToInt(RunCatalog.Progress::phases).sum();
    String now =
        all.stream()
            .filter(progress -> !progress.ended() && !progress.now().isEmpty())
            .findFirst()
            .map(progress -> progress.strategy() + " " + progress.now())
            .orElse(done < phases || phases == 0 ? "waiting for a worker" : "finishing");
    long ended = all.stream().filter(RunCatalog.Progress::ended).count();
    String runs = all.size() == 1 ? "" : "  (" + ended + "/" + all.size() + " runs done)";
    display.show(phases == 0 ? 0 : (double) done / phases, now + runs);
  }
}
