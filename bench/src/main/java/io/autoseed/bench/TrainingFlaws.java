package io.autoseed.bench;

import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Training data as they come: few examples, and wrong labels among them. Test data stay as they
 * are. What is drawn depends on the task and the random seed alone, so that all strategies learn
 * from the same.
 *
 * @param labelNoise probability that a training label is replaced by another class of its task, all
 *     of them equally likely (symmetric noise), in [0, 1); the last example of a class keeps its
 *     label
 * @param shots examples a class at most, the first in recorded order, before labels are replaced; 0
 *     for all
 */
record TrainingFlaws(double labelNoise, int shots, long randomSeed) {
  TrainingFlaws {
    if (!(labelNoise >= 0 && labelNoise < 1)) {
      throw new IllegalArgumentException("--label-noise must be in [0, 1), found " + labelNoise);
    }
    if (shots < 0) {
      throw new IllegalArgumentException("--shots must not be negative, found " + shots);
    }
  }

  /** The tasks with their training sets changed. */
  List<TaskInputs> in(List<TaskInputs> tasks) {
    return IntStream.range(0, tasks.size()).mapToObj(t -> in(tasks.get(t), t)).toList();
  }

  private TaskInputs in(TaskInputs task, int t) {
    int[] kept = kept(task.training().labels());
    int[] labels = IntStream.of(kept).map(i -> task.training().labels()[i]).toArray();
    Tensor images = Rows.select(task.training().images(), kept);
    return new TaskInputs(
        task.classes(),
        new TrainingSet(images, replaced(labels, task.classes().numbers(), t)),
        task.testImages(),
        task.testLabels(),
        task.centre());
  }

  private int[] kept(int[] labels) {
    Map<Integer, Integer> seen = new HashMap<>();
    return IntStream.range(0, labels.length)
        .filter(i -> shots == 0 || seen.merge(labels[i], 1, Integer::sum) <= shots)
        .toArray();
  }

  private int[] replaced(int[] labels, int[] classes, int t) {
    CounterRandom random = CounterRandom.of(randomSeed, t, "bench/label-noise", 0);
    int[] replaced = labels.clone();
    for (int i = 0; i < labels.length; i++) {
      boolean wrong = random.nextDouble() < labelNoise;
      int label = labels[i];
      if (wrong
          && classes.length > 1
          && IntStream.of(replaced).filter(y -> y == label).count() > 1) {
        int other = random.nextInt(classes.length - 1);
        replaced[i] = classes[classes[other] == label ? classes.length - 1 : other];
      }
    }
    return replaced;
  }
}
