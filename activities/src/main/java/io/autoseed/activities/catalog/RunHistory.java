package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.learning.metrics.CellRow;
import io.autoseed.workflows.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is shown of runs. Read-only; every answer is of one moment. */
public final class RunHistory {
  private static final int AT_WORK = 3;

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
   * @param startedAt when the first attempt began
   * @param resumedAt when the last attempt before the commit began: the others were cut short
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
      Instant resumedAt,
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

  /**
   * What a run took.
   *
   * @param tasks it learned
   * @param computeSeconds of all phases but ENCODE
   * @param otherSeconds from its submission to its end, when no phase of it computed
   * @param bytes that it left in the store for itself alone
   */
  public record PastRun(int tasks, double computeSeconds, double otherSeconds, long bytes) {}

  /** The state of a study's run, and when it was submitted. */
  public record MemberRow(String id, String state, Instant createdAt) {}

  /** How many baselines and runs of chaos there are, and how many of them have not ended. */
  public record Companions(int runs, int open) {
    public static final Companions NONE = new Companions(0, 0);
  }

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
      Optional<TrackedRun> tracked) {
    /**
     * R[i][j], accuracy on task j after task i in percent, as many rows as were begun; cells that
     * were not measured are null.
     *
     * @param setting such as {@code class-incremental}
     */
    public List<List<Double>> matrix(String setting) {
      NavigableMap<Integer, Map<Integer, Double>> measured = new TreeMap<>();
      for (AccuracyCell cell : accuracy) {
        if (cell.setting().equals(setting)
            && cell.afterTask() >= 0
            && cell.onTask() < tasks.size()) {
          measured
              .computeIfAbsent(cell.afterTask(), row -> new TreeMap<>())
              .put(cell.onTask(), cell.value());
        }
      }
      int rows = measured.isEmpty() ? 0 : measured.lastKey() + 1;
      List<List<Double>> matrix =
          new ArrayList<>(Collections.nCopies(rows, CellRow.of(tasks.size(), Map.of())));
      measured.forEach((row, cells) -> matrix.set(row, CellRow.of(tasks.size(), cells)));
      return matrix;
    }

    /** What the newest PUBLISH says of the sequence so far, by name. */
    public SortedMap<String, Double> sequenceMetrics() {
      return newest(Phase.PUBLISH);
    }

    /** What a phase measured when it was performed last, by name. */
    public SortedMap<String, Double> newest(Phase phase) {
      List<MetricRow> measured =
          metrics.stream().filter(row -> row.phase().equals(phase.name())).toList();
      int task = measured.stream().mapToInt(MetricRow::task).max().orElse(-1);
      SortedMap<String, Double> newest = new TreeMap<>();
      measured.stream()
          .filter(row -> row.task() == task)
          .forEach(row -> newest.put(row.name(), row.value()));
      return newest;
    }
  }

  /** Ids of all runs that have not ended, the newest first. */
  public List<String> open() {
    return catalog.read("listing open runs", handle -> handle.attach(RunDao.class).open());
  }

  /** The newest runs first. */
  public List<RunRow> listed(RunFilter filter, int limit) {
    return catalog.read(
        "listing runs",
        handle -> handle.attach(RunDao.class).listed(filter, Runs.AFTER_NAME, limit));
  }

  /** Those that a filter names but for being companions. */
  public Companions companions(RunFilter filter) {
    return catalog.read(
        "counting runs", handle -> handle.attach(RunDao.class).companions(filter, Runs.AFTER_NAME));
  }

  /** The runs of a study in the order of their submission, those that others replaced included. */
  public List<RunRow> members(String study) {
    return catalog.read(
        "listing the runs of " + study, handle -> handle.attach(RunDao.class).members(study));
  }

  /** The same runs, but for what it takes longer to count. */
  public List<MemberRow> memberStates(String study) {
    return catalog.read(
        "looking at the runs of " + study,
        handle -> handle.attach(RunDao.class).memberStates(study));
  }

  /**
   * The id of the run that is meant by an id, a name, or the start of an id, in this order.
   *
   * @return empty if there is none
   * @throws CatalogException if several are meant
   */
  public Optional<String> id(String reference) {
    return catalog.read(
        "looking for run " + reference, handle -> RunReference.resolve(handle, reference));
  }

  /**
   * Other runs that compete with one for workers: open, of the same numeric profile, with a phase
   * begun and not committed; the three whose phase was begun first.
   */
  public List<String> atWork(String run) {
    return catalog.read(
        "looking for runs at work beside " + run,
        handle -> handle.attach(RunDao.class).atWork(run, AT_WORK));
  }

  /** The newest runs of a name, a few at most: baselines and members of studies have none. */
  public List<String> named(String name) {
    return catalog.read(
        "looking for runs called " + name, handle -> RunReference.named(handle, name));
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
                          handle.attach(ChainDao.class).tracked(run, TrackedRun.WHOLE)));
        });
  }

  /**
   * What runs like one to come took: of the same strategy, settings and profile, done, on one of
   * the data sets; the newest first.
   *
   * @param settings canonical JSON
   */
  public List<PastRun> pastRuns(
      String strategy, String settings, String profile, Collection<String> dataSets) {
    return catalog.read(
        "looking for runs of " + strategy,
        handle ->
            handle
                .attach(RunDao.class)
                .pastRuns(strategy, settings, profile, dataSets.toArray(new String[0])));
  }

  /**
   * Runs of other studies that are done, by the digests of the sequences that they learned; of
   * several the one that was done first.
   *
   * @param study whose own runs are left out
   * @param start of the ids of the other studies, which are as long as its own
   */
  public Map<String, String> doneElsewhere(
      String study, String start, String profile, Collection<String> sequences) {
    return catalog.read(
        "looking for runs that " + study + " can take over",
        handle ->
            handle
                .attach(RunDao.class)
                .doneElsewhere(study, start, profile, sequences.toArray(new String[0]))
                .stream()
                .collect(Collectors.toMap(RunDao.Learned::sequenceDigest, RunDao.Learned::id)));
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
