package io.autoseed.learning.local;

import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.TaskClasses;
import java.util.Optional;

/** Makes the inputs of a task's phases; REPLAY gets none of the task's examples. */
public final class TaskPhases {
  private TaskPhases() {}

  /** The input of {@code phase}; {@code state} is what the phase before it left. */
  public static PhaseInput input(
      LearningPhase phase, int task, long randomSeed, LearnerState state, TaskInputs inputs) {
    return phase == LearningPhase.REPLAY
        ? replay(task, randomSeed, state, inputs.classes())
        : new PhaseInput(
            task, phase, randomSeed, state, inputs.classes(), Optional.of(inputs.training()));
  }

  /** The input of REPLAY, for which nothing of the task but its classes need be at hand. */
  public static PhaseInput replay(
      int task, long randomSeed, LearnerState state, TaskClasses classes) {
    return new PhaseInput(task, LearningPhase.REPLAY, randomSeed, state, classes, Optional.empty());
  }
}
