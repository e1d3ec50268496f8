package io.autoseed.activities.phase;

import io.autoseed.learning.evaluation.TaskInputs;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * The sequence's tasks as an evaluation asks for them, cell by cell: each aligned when it is asked
 * for, null for those that the row omits. Draws a breath before each, so that an evaluation that
 * takes hours notes progress and gives way between two cells.
 */
final class TestedTasks extends AbstractList<TaskInputs> {
  private final int size;
  private final Set<Integer> read;
  private final IntFunction<TaskInputs> inputs;
  private final Runnable breath;

  /**
   * @param size tasks of the sequence
   * @param read indices of those that the row reads
   * @param inputs of such a task
   * @param breath may throw, which ends the evaluation
   */
  TestedTasks(int size, int[] read, IntFunction<TaskInputs> inputs, Runnable breath) {
    this.size = size;
    this.read = Arrays.stream(read).boxed().collect(Collectors.toSet());
    this.inputs = inputs;
    this.breath = breath;
  }

  @Override
  public TaskInputs get(int index) {
    if (!read.contains(index)) {
      return null;
    }
    breath.run();
    return inputs.apply(index);
  }

  @Override
  public int size() {
    return size;
  }
}
