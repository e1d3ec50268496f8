package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Stream;

/**
 * How the shared adapter is trained in a task.
 *
 * @param steps Adam steps
 * @param learningRate of Adam, in whitened coordinates
 * @param batchSize examples a step, drawn with replacement
 * @param rate how the learning rate changes over the steps
 */
record Schedule(int steps, double learningRate, int batchSize, RateSchedule rate) {
  private static final List<Setting> SETTINGS =
      List.of(
          new Setting.Whole("steps", "Adam steps a task", 300, 0, 100_000_000),
          new Setting.Real("learning-rate", "Adam's learning rate", 0.002, 1e-8, 10),
          new Setting.Whole("batch-size", "examples a step", 128, 2, 65_536),
          RateSchedule.SETTING);

  static Schedule of(Map<String, Object> settings) {
    return new Schedule(
        (Integer) settings.get("steps"),
        (Double) settings.get("learning-rate"),
        (Integer) settings.get("batch-size"),
        RateSchedule.named(settings.get(RateSchedule.SETTING.name())));
  }

  /** The settings of the schedule, then a strategy's own. */
  static List<Setting> settings(Setting... own) {
    return Stream.concat(SETTINGS.stream(), Stream.of(own)).toList();
  }

  Schedule withSteps(int changed) {
    return new Schedule(changed, learningRate, batchSize, rate);
  }

  /** The learning rate of each step of a task. */
  IntToDoubleFunction rates(int task) {
    return step -> learningRate * rate.share(step, steps, task);
  }
}
