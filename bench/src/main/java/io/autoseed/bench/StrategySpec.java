package io.autoseed.bench;

import ai.djl.Device;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import java.util.Map;
import java.util.TreeMap;

/**
 * A strategy as benchmarks name it: {@code er} or {@code er:features-per-class=5:steps=100}.
 *
 * @param settings those that differ from the defaults
 */
record StrategySpec(String name, Map<String, Object> settings) {
  static StrategySpec parse(String text) {
    String[] parts = text.split(":", -1);
    Map<String, Object> settings = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      String[] pair = parts[i].split("=", 2);
      if (pair.length != 2) {
        throw new IllegalArgumentException("expected setting=value in '" + text + "'");
      }
      settings.put(pair[0], value(pair[1]));
    }
    return new StrategySpec(parts[0], settings);
  }

  private static Object value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return Boolean.valueOf(text);
    }
    try {
      return Double.valueOf(text);
    } catch (NumberFormatException e) {
      return text;
    }
  }

  Strategy create() {
    StrategyFactory factory =
        Strategies.named(name)
            .orElseThrow(() -> new IllegalArgumentException("there is no strategy '" + name + "'"));
    Map<String, Object> complete = new TreeMap<>();
    for (Setting setting : factory.settings()) {
      Object chosen = settings.getOrDefault(setting.name(), setting.defaultValue());
      complete.put(setting.name(), setting.check(chosen));
    }
    for (String chosen : settings.keySet()) {
      if (!complete.containsKey(chosen)) {
        throw new IllegalArgumentException(
            name + " has no setting '" + chosen + "'; it has " + complete.keySet());
      }
    }
    return factory.create(complete, Device.cpu());
  }
}
