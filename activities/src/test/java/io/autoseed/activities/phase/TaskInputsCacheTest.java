package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import org.junit.jupiter.api.Test;

class TaskInputsCacheTest {
  @Test
  void aTaskCountsWithItsTextsAndLabelsAndWhatHoldsThem() {
    TaskInputs none = task(0, 0);
    TaskInputs one = task(1, 0);
    TaskInputs tested = task(1, 3);

    assertThat(TaskInputsCache.size(none)).isGreaterThanOrEqualTo(1024);
    assertThat(TaskInputsCache.size(one) - TaskInputsCache.size(none))
        .as("a text of width 2, a number")
        .isEqualTo(8 + 4);
    assertThat(TaskInputsCache.size(tested) - TaskInputsCache.size(one))
        .as("three images of width 2, three labels")
        .isEqualTo(3 * 8 + 3 * 4);
  }

  private static TaskInputs task(int classes, int tested) {
    return new TaskInputs(
        new TaskClasses(new int[classes], rows(classes)),
        new TrainingSet(rows(0), new int[0]),
        rows(tested),
        new int[tested],
        Tensor.of(new float[] {0, 0}, 2));
  }

  private static Tensor rows(int count) {
    return Tensor.of(new float[2 * count], count, 2);
  }
}
