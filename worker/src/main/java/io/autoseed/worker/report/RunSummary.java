package io.autoseed.worker.report;

import io.autoseed.worker.process.WorkflowEnds;
import io.autoseed.workflows.RunState;
import java.util.List;
import java.util.Map;

/**
 * A run in a list of runs.
 *
 * @param tasksDone tasks whose last phase is committed
 * @param createdAt ISO-8601 in UTC
 * @param beside the run that this baseline accompanies, or null
 * @param study that it is a member of, or null
 * @param cutShort how its workflow ended in Temporal without writing that down, such as {@code
 *     terminated}; null if it did not, or nobody asked
 */
public record RunSummary(
    String run,
    String state,
    String sequence,
    String strategy,
    int tasks,
    int tasksDone,
    String createdAt,
    String beside,
    String study,
    String cutShort) {
  /** The same runs, with how the workflows of the open ones were cut short. */
  public static List<RunSummary> seen(List<RunSummary> recorded, WorkflowEnds ends) {
    Map<String, String> cutShort =
        ends.cutShort(
            recorded.stream()
                .filter(run -> !RunState.isEnd(run.state()))
                .map(RunSummary::run)
                .toList());
    return recorded.stream().map(run -> run.cutShort(cutShort.get(run.run()))).toList();
  }

  private RunSummary cutShort(String how) {
    return how == null
        ? this
        : new RunSummary(
            run, state, sequence, strategy, tasks, tasksDone, createdAt, beside, study, how);
  }
}
