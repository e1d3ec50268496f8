package io.autoseed.learning.strategy;

import ai.djl.Device;
import java.util.List;
import java.util.Map;

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
   * Makes the strategy.
   *
   * @param settings values by setting name, as {@link Setting#check} returned them, complete
   */
  Strategy create(Map<String, Object> settings, Device device);
}
