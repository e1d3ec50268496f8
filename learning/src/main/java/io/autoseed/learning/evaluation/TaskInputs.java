package io.autoseed.learning.evaluation;

import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;

/**
 * A task in the joint space: what strategies learn from and are tested on.
 *
 * @param training the task's training examples
 * @param testImages e = f_I(x), unit rows, float32 [M, d]
 * @param testLabels class number of each test image, [M]
 * @param centre c0, the run's frozen centre, float32 [image width]; counted as memory
 */
public record TaskInputs(
    TaskClasses classes, TrainingSet training, Tensor testImages, int[] testLabels, Tensor centre) {
  public TaskInputs {
    if (testImages.size(0) != testLabels.length) {
      throw new IllegalArgumentException(
          testImages.size(0) + " test images but " + testLabels.length + " labels");
    }
    testLabels = testLabels.clone();
  }

  /**
   * The task's features, aligned.
   *
   * @param centre {@code space.centre(train of the run's first task)}, the same for all its tasks
   */
  public static TaskInputs of(TaskFeatures features, JointSpace space, Tensor centre) {
    return new TaskInputs(
        new TaskClasses(features.classes(), space.texts(features.texts())),
        new TrainingSet(space.images(features.train(), centre), features.trainLabels()),
        space.images(features.test(), centre),
        features.testLabels(),
        centre);
  }
}
