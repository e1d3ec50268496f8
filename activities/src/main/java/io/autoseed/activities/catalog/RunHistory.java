package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AccuracyCell;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is shown of runs. Read-only; every answer is of one moment. */
public final class RunHistory {
  private final Catalog catalog;

  public RunHistory(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A phase that was begun.
   *
   * @param run that performed it: another one for tasks that a fork shares
   * @param attempts how often
   * @param manifestKey its committed manifest, null before the commit, like all that follow
   * @param reusedFrom key of the manifest whose objects were adopted, or null
   */
  public record PhaseRow(
      String run,
      int task,
      String phase,
      int attempts,
      String manifestKey,
      String manifestVersion,
      String manifestSha256,
      String outcomeDigest,
      String reusedFrom,
      Double computeSeconds,
      Instant startedAt,
      Instant committedAt) {
    public boolean committed() {
      return committedAt != null;
    }
  }

  /**
   * How often a phase was written down: once each, if every commit counted once.
   *
   * @param audited entries of the audit chain that say it was committed
   * @param told rows for MLflow
   */
  public record CommitCount(int task, String phase, int audited, int told) {}

  /** A named value that a phase measured. */
  public record MetricRow(int task, String phase, String name, double value) {}

  /** A run and its phases, in the order they were begun; those it shares come first. */
  public record Phases(RunRow run, List<PhaseRow> phases) {}

  /**
   * All of a run.
   *
   * @param accuracy cells of every setting, those of the runs it was forked from included
   * @param beside ids of the baselines that accompany it
   * @param tracked the run in MLflow, if it was told
   */
  public record Whole(
      RunRow run,
      List<TaskRow> tasks,
      List<PhaseRow> phases,
      List<AccuracyCell> accuracy,
      List<MetricRow> metrics,
      List<String> beside,
      Optional<TrackedRun> tracked) {}

  /** The newest runs first. */
  public List<RunRow> newest(int limit) {
    return catalog.read("listing runs", handle -> handle.attach(RunDao.class).newest(limit));
  }

  /**
   * The id of the run that is meant by an id or by the start of one.
   *
   * @return empty if there is none
   * @throws CatalogException if several begin so
   */
  public Optional<String> id(String reference) {
    return catalog.read(
        "looking for run " + reference, handle -> RunReference.resolve(handle, reference));
  }

  public Optional<Phases> phases(String run) {
    return catalog.read(
        "reading run " + run,
        handle ->
            handle
                .attach(RunDao.class)
                .find(run)
                .map(row -> new Phases(row, handle.attach(PhaseDao.class).shown(run))));
  }

  public Optional<Whole> whole(String run) {
    return catalog.read(
        "reading run " + run,
        handle -> {
          RunDao runs = handle.attach(RunDao.class);
          MeasurementDao measured = handle.attach(MeasurementDao.class);
          return runs.find(run)
              .map(
                  row ->
                      new Whole(
                          row,
                          runs.tasks(run),
                          handle.attach(PhaseDao.class).shown(run),
                          measured.accuracy(run),
                          measured.metrics(run).stream()
                              .map(m -> new MetricRow(m.task(), m.phase(), m.name(), m.value()))
                              .toList(),
                          runs.beside(run),
                          handle.attach(ChainDao.class).tracked(run, -1)));
        });
  }

  /** How often each phase of a run was written down; those never begun are missing. */
  public List<CommitCount> commitCounts(String run) {
    return catalog.read(
        "counting the commits of " + run,
        handle ->
            handle.attach(PhaseDao.class).counted(run).stream()
                .map(c -> new CommitCount(c.task(), c.phase(), c.audited(), c.told()))
                .toList());
  }
}
