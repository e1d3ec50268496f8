package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TrainingSet;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * Experience replay (Chaudhry et al. 2019, arXiv 1902.10486): half of each batch from the task,
 * half from k real features a class of the past ({@link ReplayBuffer}); otherwise {@link
 * FineTuning}. k = 4 float16 features a class are the bytes that auto-seed keeps as seeds; k = 5 is
 * the other usual setting. With gradient projection it is A-GEM (arXiv 1812.00420): the step
 * follows the task's half alone, without what would raise the loss on the other half. Without steps
 * it is the zero-shot classifier exactly.
 */
public final class ExperienceReplay extends KeyStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "er",
          "a few real features of each past class replayed beside the task",
          "Chaudhry et al. 2019, arXiv 1902.10486",
          Schedule.settings(
              new Setting.Whole(
                  "features-per-class", "real features kept a class, float16", 4, 1, 10_000),
              new Setting.Flag(
                  "gradient-projection",
                  "A-GEM: learn from the task alone, never against the replayed features",
                  false)),
          (settings, device) ->
              new ExperienceReplay(
                  Schedule.of(settings),
                  (Integer) settings.get("features-per-class"),
                  (Boolean) settings.get("gradient-projection"),
                  device));

  private final int featuresPerClass;
  private final boolean projecting;

  ExperienceReplay(Schedule schedule, int featuresPerClass, boolean projecting, Device device) {
    super(FACTORY.name(), 1, schedule, device);
    this.featuresPerClass = featuresPerClass;
    this.projecting = projecting;
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return ReplayBuffer.remember(input, featuresPerClass, device());
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    TrainingSet task = input.trainingSet().orElseThrow();
    ReplayBuffer buffer = ReplayBuffer.of(input.state(), task.images().size(1));
    return train(
        input,
        buffer.behind(task, device()),
        (training, i) -> step(training, i, input, task.count(), buffer.count()),
        UnaryOperator.identity());
  }

  private void step(KeyTraining training, int i, PhaseInput input, int count, int replayed) {
    int size = schedule().batchSize();
    if (replayed == 0) {
      training.step(i, Batches.uniform(input, i, size, count));
      return;
    }
    long[] batch = Batches.halves(input, i, size, count, replayed);
    if (projecting) {
      training.stepProjected(
          i, Arrays.copyOf(batch, size / 2), Arrays.copyOfRange(batch, size / 2, size));
    } else {
      training.step(i, batch);
    }
  }

  @Override
  public boolean keepsExamples() {
    return true;
  }
}
