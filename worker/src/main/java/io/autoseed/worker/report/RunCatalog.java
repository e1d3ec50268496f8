package io.autoseed.worker.report;

import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.catalog.RunHistory.Companions;
import io.autoseed.activities.study.StudyOverview;
import io.autoseed.workflows.RunState;
import java.util.List;
import java.util.Optional;

/** What is known of runs. Errors say that the catalog does not answer and what to do. */
public interface RunCatalog extends AutoCloseable {
  /**
   * How far a run is.
   *
   * @param strategy its strategy
   * @param phasesDone committed phases
   * @param phases of all tasks
   * @param now what is being done, such as {@code task 2 adapt}, or was when it ended; empty if
   *     nothing
   * @param failure why it ended without being done, or null
   */
  record Progress(
      String run,
      String strategy,
      String state,
      int phasesDone,
      int phases,
      String now,
      String failure) {
    public boolean ended() {
      return RunState.isEnd(state);
    }
  }

  /**
   * The id of the run that is meant by an id, a name, or the start of an id, in this order.
   *
   * @return empty if there is none
   * @throws io.autoseed.activities.catalog.CatalogException if several are meant
   */
  Optional<String> id(String reference);

  /** The newest runs of a name, a few at most: baselines and members of studies have none. */
  List<String> named(String name);

  /** How many runs the store holds: those of a catalog that was lost, if this one has none. */
  int storedRuns();

  /** The newest runs first, without members of studies. */
  List<RunSummary> newest(RunFilter filter, int limit);

  /** Baselines and runs of chaos that a filter names, listed or not. */
  Companions companions(RunFilter filter);

  /** The runs of a study in the order of their submission. */
  List<RunSummary> members(String study);

  /** Other runs that workers are at which could take the phases of one, a few at most. */
  List<String> atWork(String run);

  /** What is known of studies. */
  StudyOverview studies();

  Optional<Progress> progress(String run);

  Optional<RunView> view(String run);

  /**
   * Forward transfer by task: the accuracy on it before any of its data came minus the zero-shot
   * one, in percentage points; null for the first task and where nothing was measured.
   */
  List<Double> forwardTransfers(String run);

  @Override
  void close();
}
