package io.autoseed.learning.local;

import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.ForwardTransfer;
import io.autoseed.learning.evaluation.SequenceMetrics;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import java.util.List;
import java.util.Map;

/**
 * What a sequence run in memory left.
 *
 * @param states the learner state after each task
 * @param rows one a task
 * @param beforeTasks one a task, measured after its replay phase
 * @param seconds compute seconds of each task's phases, evaluation excluded
 */
public record LocalRun(
    List<LearnerState> states,
    List<EvaluationRow> rows,
    List<ForwardTransfer> beforeTasks,
    SequenceMetrics metrics,
    List<Map<LearningPhase, Double>> seconds) {
  public LocalRun {
    states = List.copyOf(states);
    rows = List.copyOf(rows);
    beforeTasks = List.copyOf(beforeTasks);
    seconds = List.copyOf(seconds);
  }

  /** The learner state after the last task. */
  public LearnerState finalState() {
    return states.get(states.size() - 1);
  }

  /** Compute seconds of all phases of all tasks. */
  public double totalSeconds() {
    return seconds.stream()
        .flatMap(task -> task.values().stream())
        .mapToDouble(Double::doubleValue)
        .sum();
  }
}
