package io.autoseed.learning.strategy;

import ai.djl.Device;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Makes a strategy from the settings of a sequence file. One a strategy; listed in {@link
 * Strategies}.
 */
public interface StrategyFactory {
  String name();

  /** One line for {@code autoseed strategies}. */
  String summary();

  /** Where the method comes from, for example an arXiv number. */
  String source();

  List<Setting> settings();

  /**
   * Every setting, checked: what is not given has its default. A sequence that an older build
   * stored lacks the settings added since.
   *
   * @param given values by setting name; other names are passed over
   * @throws IllegalArgumentException with one line that names the setting
   */
  default SortedMap<String, Object> complete(Map<String, Object> given) {
    SortedMap<String, Object> settings = new TreeMap<>();
    for (Setting setting : settings()) {
      Object value = given.get(setting.name());
      settings.put(setting.name(), value == null ? setting.defaultValue() : setting.check(value));
    }
    return settings;
  }

  /**
   * The version of what {@link #create} makes, see {@link Strategy#version}.
   *
   * @param settings values by setting name, as {@link #complete} returned them
   */
  default int version(Map<String, Object> settings) {
    return create(settings, Device.cpu()).version();
  }

  /**
   * Makes the strategy.
   *
   * @param settings values by setting name, as {@link #complete} returned them
   */
  Strategy create(Map<String, Object> settings, Device device);
}
