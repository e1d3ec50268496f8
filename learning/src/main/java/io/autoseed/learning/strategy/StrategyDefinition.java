package io.autoseed.learning.strategy;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;

/**
 * A factory written down: what a strategy says of itself, and how it is made of its settings.
 *
 * @param making from the values by setting name (checked, complete) and the device
 */
public record StrategyDefinition(
    String name,
    String summary,
    String source,
    List<Setting> settings,
    BiFunction<Map<String, Object>, Device, Strategy> making)
    implements StrategyFactory {
  public StrategyDefinition {
    settings = List.copyOf(settings);
  }

  /** Settings without a value, as in a run begun before there were such, have their default. */
  @Override
  public Strategy create(Map<String, Object> values, Device device) {
    Map<String, Object> complete = new TreeMap<>(values);
    settings.forEach(setting -> complete.putIfAbsent(setting.name(), setting.defaultValue()));
    return making.apply(complete, device);
  }
}
