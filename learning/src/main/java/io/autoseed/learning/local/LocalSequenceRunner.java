package io.autoseed.learning.local;

import ai.djl.Device;
import io.autoseed.learning.encoder.BuiltinModel;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.evaluation.Evaluation;
import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.ForwardTransfer;
import io.autoseed.learning.evaluation.SequenceMetrics;
import io.autoseed.learning.evaluation.TaskFeatures;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.tensor.Tensor;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Runs all phases of a sequence in memory, over the same interface as a durable run and to the same
 * bits: the bare loop of the benchmarks and the oracle of the durability tests.
 */
public final class LocalSequenceRunner {
  private final Strategy strategy;
  private final long randomSeed;
  private final EvaluationRows evaluationRows;

  /**
   * @param evaluationRows which rows of the accuracy matrix are measured
   */
  public LocalSequenceRunner(Strategy strategy, long randomSeed, EvaluationRows evaluationRows) {
    this.strategy = strategy;
    this.randomSeed = randomSeed;
    this.evaluationRows = evaluationRows;
  }

  /**
   * Runs a sequence as its file says, on the images or features it names.
   *
   * @param model the built-in model, asked for only if it is needed; the caller closes it
   */
  public static LocalRun run(
      ResolvedSequence sequence, Supplier<BuiltinModel> model, Device device) {
    SequenceDocument document = sequence.document();
    Strategy strategy =
        Strategies.named(document.strategy())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "there is no strategy '" + document.strategy() + "'"))
            .create(document.settings(), device);
    try (LocalEncoding encoding = new LocalEncoding(sequence, model)) {
      return new LocalSequenceRunner(strategy, document.randomSeed(), document.evaluation())
          .run(encoding.tasks());
    }
  }

  /** Runs a sequence and measures every cell. */
  public static LocalRun run(
      Strategy strategy, List<TaskFeatures> tasks, JointSpace space, long randomSeed) {
    return new LocalSequenceRunner(
            strategy, randomSeed, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(aligned(tasks, space));
  }

  /** The tasks in the joint space; the first task's training images give the centre. */
  public static List<TaskInputs> aligned(List<TaskFeatures> tasks, JointSpace space) {
    Tensor centre = space.centre(tasks.get(0).train());
    return tasks.stream().map(task -> TaskInputs.of(task, space, centre)).toList();
  }

  /** Runs a sequence of tasks already in the joint space. */
  public LocalRun run(List<TaskInputs> tasks) {
    List<LearnerState> states = new ArrayList<>();
    List<EvaluationRow> rows = new ArrayList<>();
    List<ForwardTransfer> beforeTasks = new ArrayList<>();
    List<Map<LearningPhase, Double>> seconds = new ArrayList<>();
    LearnerState state = LearnerState.empty();
    for (int t = 0; t < tasks.size(); t++) {
      Map<LearningPhase, Double> spent = new EnumMap<>(LearningPhase.class);
      for (LearningPhase phase : LearningPhase.values()) {
        long start = System.nanoTime();
        state = phase(phase, t, state, tasks.get(t)).state();
        spent.put(phase, (System.nanoTime() - start) / 1e9);
        if (phase == LearningPhase.REPLAY) {
          beforeTasks.add(Evaluation.afterReplay(strategy, state, tasks.subList(0, t + 1)));
        }
      }
      states.add(state);
      rows.add(Evaluation.row(strategy, state, tasks, t, evaluationRows));
      seconds.add(spent);
    }
    return new LocalRun(states, rows, beforeTasks, SequenceMetrics.of(rows, beforeTasks), seconds);
  }

  private PhaseResult phase(LearningPhase phase, int task, LearnerState state, TaskInputs inputs) {
    return PhaseDriver.run(
        strategy,
        TaskPhases.input(phase, task, randomSeed, state, inputs),
        Optional.empty(),
        StepObserver.NONE);
  }
}
