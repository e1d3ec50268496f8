package io.autoseed.worker.cli;

import io.autoseed.worker.process.RunTrouble;
import io.autoseed.worker.process.Standstill;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.report.RunCatalog;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Watches runs in the catalog until all have ended, and shows how far they are. */
final class RunFollower {
  private static final Duration PERIOD = Duration.ofMillis(400);

  /** Six seconds of them, if looks take no time. */
  private static final int QUIET_LOOKS = 15;

  private final RunCatalog catalog;
  private final ProgressDisplay display;
  private final Lookout lookout;
  private final Function<String, Standstill> standstill;
  private final QuietSpell quiet;
  private List<RunCatalog.Progress> seen = List.of();

  /**
   * @param standstill why a run does not get on, if that is known
   */
  RunFollower(
      RunCatalog catalog,
      ProgressDisplay display,
      Lookout lookout,
      Function<String, Standstill> standstill) {
    this.catalog = catalog;
    this.display = display;
    this.lookout = lookout;
    this.standstill = standstill;
    this.quiet = new QuietSpell(QUIET_LOOKS, display);
  }

  /** Follows a run and its baselines; says how to go on if that is interrupted. */
  static void follow(
      RunCatalog catalog,
      Surroundings surroundings,
      Terminal terminal,
      String run,
      List<String> baselines) {
    try (ProgressDisplay display = new ProgressDisplay(terminal, Clock.systemUTC());
        TemporalConnection temporal = surroundings.temporal()) {
      RunFollower follower =
          new RunFollower(
              catalog,
              display,
              Lookout.on(surroundings, display, PERIOD),
              new RunTrouble(temporal.client(), catalog::atWork)::of);
      InterruptNotice.during(
          () -> follower.followAll(run, baselines),
          () -> display.line("the run goes on; to follow it again: autoseed watch " + run));
    }
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
    lookout.until(() -> ended(runs), "run", runs.get(0));
    return seen;
  }

  private boolean ended(List<String> runs) {
    List<RunCatalog.Progress> all = runs.stream().map(this::progress).toList();
    boolean ended = all.stream().allMatch(RunCatalog.Progress::ended);
    if (!ended) {
      tellPauses(all);
      show(all, quiet.after(all, () -> standstill(all)));
    }
    seen = all;
    return ended;
  }

  /** Says once of each run that it was paused, whoever asked for it, and that it goes on. */
  private void tellPauses(List<RunCatalog.Progress> all) {
    for (int i = 0; i < all.size(); i++) {
      RunCatalog.Progress now = all.get(i);
      boolean before = i < seen.size() && paused(seen.get(i));
      if (paused(now) && !before) {
        display.line(
            "%s is paused: autoseed resume %s lets it go on".formatted(now.strategy(), now.run()));
      } else if (before && !paused(now) && !now.ended()) {
        display.line(now.strategy() + " goes on");
      }
    }
  }

  private static boolean paused(RunCatalog.Progress progress) {
    return progress.state().equals("PAUSED");
  }

  /** That of the first run that goes on. */
  private Standstill standstill(List<RunCatalog.Progress> all) {
    return all.stream()
        .filter(progress -> !progress.ended() && !paused(progress))
        .findFirst()
        .map(progress -> standstill.apply(progress.run()))
        .orElse(Standstill.NONE);
  }

  private RunCatalog.Progress progress(String run) {
    return catalog.progress(run).orElseThrow(() -> Surroundings.unknown(run));
  }

  private static String now(RunCatalog.Progress progress) {
    return progress.strategy() + (paused(progress) ? " paused at " : " ") + progress.now();
  }

  private static String betweenPhases(List<RunCatalog.Progress> all, boolean phasesLeft) {
    if (all.stream().allMatch(progress -> progress.ended() || paused(progress))) {
      return "paused";
    }
    return phasesLeft ? "waiting for a worker" : "finishing";
  }

  private void show(List<RunCatalog.Progress> all, Standstill why) {
    int done = all.stream().mapToInt(RunCatalog.Progress::phasesDone).sum();
    int phases = all.stream().mapToInt(RunCatalog.Progress::phases).sum();
    String now =
        all.stream()
            .filter(progress -> !progress.ended() && !progress.now().isEmpty())
            .findFirst()
            .map(RunFollower::now)
            .orElseGet(() -> betweenPhases(all, done < phases || phases == 0));
    long ended = all.stream().filter(RunCatalog.Progress::ended).count();
    String runs = all.size() == 1 ? "" : "  (" + ended + "/" + all.size() + " runs done)";
    display.show(
        phases == 0 ? 0 : (double) done / phases,
        now + runs + why.line().map(line -> ": " + line).orElse(""),
        why.progress().map(steps -> ", " + steps).orElse(""));
  }
}
