package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * How the shared adapter is trained in a task.
 *
 * @param steps training steps
 * @param learningRate of a step; for keys in whitened coordinates
 * @param batchSize examples a step, drawn with replacement
 * @param rate how the learning rate changes over the steps
 */
public record Schedule(int steps, double learningRate, int batchSize, RateSchedule rate) {
  private static final double KEY_RATE = 0.002;

  /** Of the values of {@link #settings}. */
  public static Schedule of(Map<String, Object> settings) {
    return new Schedule(
        (Integer) settings.get("steps"),
        (Double) settings.get("learning-rate"),
        (Integer) settings.get("batch-size"),
        RateSchedule.named(settings.get(RateSchedule.SETTING.name())));
  }

  /** The settings of a schedule for the keys all baselines share, then a strategy's own. */
  static List<Setting> settings(Setting... own) {
    return settings(KEY_RATE, own);
  }

  /** The settings of a schedule with this default rate, then a strategy's own. */
  public static List<Setting> settings(double learningRate, Setting... own) {
    return settings(learningRate, 128, own);
  }

  /** The settings of a schedule with this default rate and batch, then a strategy's own. */
  public static List<Setting> settings(double learningRate, int batchSize, Setting... own) {
    Stream<Setting> shared =
        Stream.of(
            new Setting.Whole("steps", "training steps a task", 300, 0, 100_000_000),
            new Setting.Real("learning-rate", "learning rate", learningRate, 1e-8, 10),
            new Setting.Whole("batch-size", "examples a step", batchSize, 2, 65_536),
            RateSchedule.SETTING);
    return Stream.concat(shared, Stream.of(own)).toList();
  }

  Schedule withSteps(int changed) {
    return new Schedule(changed, learningRate, batchSize, rate);
  }

  /** The learning rate of each step of a task. */
  public IntToDoubleFunction rates(int task) {
    return step -> learningRate * rate.share(step, steps, task);
  }
}
