package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.Setting;
import java.util.List;
import java.util.Map;

/**
 * How the shared adapter is trained in a task.
 *
 * @param steps Adam steps
 * @param learningRate of Adam, in whitened coordinates
 * @param batchSize examples a step, drawn with replacement
 */
record Schedule(int steps, double learningRate, int batchSize) {
  static Schedule of(Map<String, Object> settings) {
    return new Schedule(
        (Integer) settings.get("steps"),
        (Double) settings.get("learning-rate"),
        (Integer) settings.get("batch-size"));
  }

  static List<Setting> settings(int steps, double learningRate) {
    return List.of(
        new Setting.Whole("steps", "Adam steps a task", steps, 0, 100_000_000),
        new Setting.Real("learning-rate", "Adam's learning rate", learningRate, 1e-8, 10),
        new Setting.Whole("batch-size", "examples a step", 128, 2, 65_536));
  }
}
