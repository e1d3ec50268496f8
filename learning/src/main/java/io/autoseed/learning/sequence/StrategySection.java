package io.autoseed.learning.sequence;

import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * The {@code strategy} key, checked.
 *
 * @param version of the strategy in this build
 * @param settings complete: what the file does not give has its default
 */
record StrategySection(String name, int version, SortedMap<String, Object> settings) {
  static StrategySection of(Section section, List<StrategyFactory> strategies) {
    section.require("name", "strategy: {name: auto-seed}");
    String name = section.text("name");
    StrategyFactory factory =
        factory(name, section.node("name").where(), section.pathOf("name"), strategies);
    List<String> known = new ArrayList<>(List.of("name"));
    factory.settings().forEach(setting -> known.add(setting.name()));
    section.allow(known);
    SortedMap<String, Object> settings = factory.complete(Map.of());
    for (Setting setting : factory.settings()) {
      if (section.has(setting.name())) {
        settings.put(setting.name(), checked(section, setting));
      }
    }
    return new StrategySection(name, factory.version(settings), settings);
  }

  /**
   * The strategy of the run that a file goes on from.
   *
   * @throws SequenceException if this build has no such strategy, or refuses one of its settings
   */
  static StrategySection of(SequencePast past, List<StrategyFactory> strategies) {
    String name = past.document().strategy();
    String where = "run " + past.run();
    try {
      StrategyFactory factory = factory(name, where, "strategy.name", strategies);
      SortedMap<String, Object> settings = factory.complete(past.document().settings());
      return new StrategySection(name, factory.version(settings), settings);
    } catch (IllegalArgumentException e) {
      throw new SequenceException(where, "strategy", e.getMessage());
    }
  }

  static StrategyFactory factory(
      String name, String where, String path, List<StrategyFactory> strategies) {
    return strategies.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SequenceException(
                    where,
                    path,
                    "there is no strategy '"
                        + name
                        + "'; "
                        + Suggestion.of(
                            name, strategies.stream().map(StrategyFactory::name).toList())));
  }

  private static Object checked(Section section, Setting setting) {
    if (!(section.node(setting.name()) instanceof YamlNode.Scalar scalar)) {
      throw section.refuse(
          setting.name(),
          "found " + section.node(setting.name()).described() + "; write a single value");
    }
    try {
      return setting.check(value(scalar));
    } catch (IllegalArgumentException e) {
      String problem = e.getMessage();
      String prefix = setting.name() + ": ";
      throw new SequenceException(
          scalar.where(),
          section.pathOf(setting.name()),
          problem.startsWith(prefix) ? problem.substring(prefix.length()) : problem);
    }
  }

  /** A plain word as the number, truth value or text it looks like. */
  private static Object value(YamlNode.Scalar scalar) {
    String text = scalar.text();
    if (scalar.plain()) {
      if (text.equals("true") || text.equals("false")) {
        return text.equals("true");
      }
      if (text.matches("[-+]?\\d{1,18}")) {
        return Long.valueOf(text);
      }
      if (text.length() < 100 && text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,4})?")) {
        return Double.valueOf(text);
      }
    }
    return text;
  }
}
