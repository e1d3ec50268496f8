package io.autoseed.learning.hypernet;

import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Arrays;
import java.util.Map;

/**
 * What the hypernetwork is and what it has learned, as objects of the learner state.
 *
 * @param phi its parameters, float32
 * @param codes the embeddings of the tasks, float32 [T, CODE]
 * @param taskOfClass the row of {@code codes} of each class, in the order learned, [C]
 */
record LearnedTasks(Tensor phi, Tensor codes, int[] taskOfClass) {
  private static final String NAME = "hypernetwork";

  static boolean in(LearnerState state) {
    return state.has(NAME);
  }

  static LearnedTasks of(LearnerState state) {
    TensorBundle kept = state.get(NAME);
    return new LearnedTasks(kept.get("phi"), kept.get("code"), kept.get("task").ints());
  }

  /** A network that has learned nothing. */
  static LearnedTasks none(float[] phi) {
    return new LearnedTasks(
        Tensor.of(phi, phi.length), Tensor.of(new float[0], 0, HyperNetwork.CODE), new int[0]);
  }

  int count() {
    return codes.size(0);
  }

  /** The embedding of each class's task, float32 [C, CODE]. */
  Tensor codeOfClass() {
    return Rows.select(codes, taskOfClass);
  }

  /** These and one more task. */
  LearnedTasks with(float[] changedPhi, float[] code, int classes) {
    int[] tasks = Arrays.copyOf(taskOfClass, taskOfClass.length + classes);
    Arrays.fill(tasks, taskOfClass.length, tasks.length, count());
    return new LearnedTasks(
        Tensor.of(changedPhi, changedPhi.length),
        Rows.append(codes, Tensor.of(code, 1, HyperNetwork.CODE)),
        tasks);
  }

  /**
   * @param all the classes learned, the newest task's among them
   */
  LearnerState addedTo(LearnerState state, TaskClasses all) {
    return state
        .with(TaskClasses.NAME, all.bundle())
        .with(
            NAME,
            TensorBundle.of(
                Map.of(
                    "phi",
                    phi,
                    "code",
                    codes,
                    "task",
                    Tensor.of(taskOfClass, taskOfClass.length))));
  }
}
