package io.autoseed.worker.report;

import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.StrategyFactory;
import java.util.List;
import java.util.Optional;

/** What the labels of a study stand for, in words. */
final class StudyStrategies {
  private StudyStrategies() {}

  /** Such as {@code auto-seed without meta-update} or {@code er with features-per-class: 5}. */
  static String words(Line line) {
    List<String> without =
        line.settings().entrySet().stream()
            .filter(setting -> setting.getValue().equals(false))
            .map(setting -> setting.getKey())
            .toList();
    List<String> with =
        line.settings().entrySet().stream()
            .filter(setting -> !setting.getValue().equals(false))
            .map(
                setting ->
                    setting.getValue().equals(true)
                        ? setting.getKey()
                        : setting.getKey() + ": " + setting.getValue())
            .toList();
    return line.strategy()
        + (without.isEmpty() ? "" : " without " + String.join(", ", without))
        + (with.isEmpty() ? "" : " with " + String.join(", ", with));
  }

  /**
   * What a strategy is, and what those of its settings mean that the study varies.
   *
   * @param source where the method comes from
   * @param settings a line each
   */
  record Explained(String strategy, String summary, String source, List<String> settings) {}

  /** Each strategy once; one that this build does not know is left out. */
  static List<Explained> explained(StudyReport report) {
    return report.strategies().stream()
        .map(Line::strategy)
        .distinct()
        .map(Strategies::named)
        .flatMap(Optional::stream)
        .map(known -> explained(known, report))
        .toList();
  }

  private static Explained explained(StrategyFactory known, StudyReport report) {
    List<String> varied =
        report.strategies().stream()
            .filter(line -> line.strategy().equals(known.name()))
            .flatMap(line -> line.settings().keySet().stream())
            .distinct()
            .toList();
    return new Explained(
        known.name(),
        known.summary(),
        known.source(),
        known.settings().stream()
            .filter(setting -> varied.contains(setting.name()))
            .map(StudyStrategies::line)
            .toList());
  }

  private static String line(Setting setting) {
    return setting.name() + " (" + setting.defaultValue() + " if left out): " + setting.meaning();
  }
}
