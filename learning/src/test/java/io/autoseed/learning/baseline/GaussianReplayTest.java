package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.CounterRandom;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class GaussianReplayTest {
  private static final int WIDTH = 8;
  private static final List<TaskInputs> TASKS = ClusterTasks.of(2, 3, 40, WIDTH);
  private static final Schedule SCHEDULE = new Schedule(20, 0.05, 128, RateSchedule.COSINE);

  @Test
  void without_steps_it_is_the_zero_shot_classifier_exactly() {
    Strategy none = new GaussianReplay(SCHEDULE.withSteps(0), 0, Device.cpu());
    LocalRun run = run(none);
    for (int i = 0; i < TASKS.size(); i++) {
      assertThat(run.rows().get(i).classIncremental())
          .isEqualTo(run.rows().get(i).zeroShotClassIncremental());
    }
  }

  /** The classifier of least cross-entropy on Gaussians of one covariance is the discriminant. */
  @Test
  void after_many_steps_it_answers_as_the_discriminant_of_the_same_moments() {
    LearnerState aligned = run(new GaussianReplay(SCHEDULE, 3000, Device.cpu())).finalState();
    Strategy slda = new StreamingLda(KeyTraining.SHRINKAGE, Device.cpu());
    LearnerState discriminant = run(slda).finalState();
    assertThat(aligned.get(KeptMeans.NAME)).isEqualTo(discriminant.get(KeptMeans.NAME));
    Tensor probes = aroundTestImages();
    int[] expected = answers(slda, discriminant, probes);
    int[] found = answers(new GaussianReplay(SCHEDULE, 3000, Device.cpu()), aligned, probes);
    int[] untrained = answers(new GaussianReplay(SCHEDULE, 0, Device.cpu()), zeroShot(), probes);
    assertThat(agreement(found, expected)).isGreaterThan(0.9);
    assertThat(agreement(untrained, expected)).isLessThan(agreement(found, expected) - 0.1);
  }

  private static Tensor aroundTestImages() {
    Tensor images = Rows.append(TASKS.get(0).testImages(), TASKS.get(1).testImages());
    float[] moved = images.floats();
    float[] noise = CounterRandom.of(5, 0, "probes", 0).gaussians(moved.length);
    for (int i = 0; i < moved.length; i++) {
      moved[i] += 0.1f * noise[i];
    }
    return Tensor.of(moved, images.shape());
  }

  private static LearnerState zeroShot() {
    return run(new GaussianReplay(SCHEDULE.withSteps(0), 0, Device.cpu())).finalState();
  }

  private static double agreement(int[] some, int[] others) {
    int equal = 0;
    for (int i = 0; i < some.length; i++) {
      equal += some[i] == others[i] ? 1 : 0;
    }
    return (double) equal / some.length;
  }

  private static int[] answers(Strategy strategy, LearnerState state, Tensor probes) {
    TaskClasses none = new TaskClasses(new int[0], Tensor.of(new float[0], 0, WIDTH));
    try (Classifier classifier = strategy.classifier(state, none)) {
      float[] scores = classifier.scores(probes).floats();
      int columns = classifier.classes().length;
      int[] answers = new int[probes.size(0)];
      for (int i = 0; i < scores.length; i++) {
        int row = i / columns;
        answers[row] =
            scores[i] > scores[row * columns + answers[row]] ? i % columns : answers[row];
      }
      return answers;
    }
  }

  private static LocalRun run(Strategy strategy) {
    return new LocalSequenceRunner(strategy, 7, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
        .run(TASKS);
  }
}
