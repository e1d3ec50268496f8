package io.autoseed.learning.proof;

import io.autoseed.learning.baseline.Schedule;
import io.autoseed.learning.strategy.Setting;
import java.util.List;
import java.util.Map;

/**
 * @param schedule of ADAPT's steps
 * @param featuresPerClass real features kept a class, 0 to 10,000
 * @param promptsPerTask context prompts learned a task, 1 to 1,000
 * @param scale s, 1 to 1000: logits are this times cosines
 */
record ProofSettings(Schedule schedule, int featuresPerClass, int promptsPerTask, double scale) {
  static final List<Setting> ALL =
      Schedule.settings(
          0.0003,
          64,
          new Setting.Whole(
              "features-per-class", "real features kept a class, float16", 20, 0, 10_000),
          new Setting.Whole("prompts-per-task", "context prompts learned a task", 3, 1, 1_000),
          new Setting.Real("scale", "logits are this times cosines", 30.0, 1, 1000));

  static ProofSettings of(Map<String, Object> values) {
    return new ProofSettings(
        Schedule.of(values),
        (Integer) values.get("features-per-class"),
        (Integer) values.get("prompts-per-task"),
        (Double) values.get("scale"));
  }
}
