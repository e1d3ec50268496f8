package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyEstimate;
import io.autoseed.worker.report.StudyText;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/** What {@code study --max-hours} refuses to start. */
final class HourLimit {
  private HourLimit() {}

  /**
   * Why a study is not started, if it is not.
   *
   * @param most hours it may take
   * @param file of the study, to say what to run
   */
  static Optional<String> refusal(StudyEstimate estimate, double most, Path file) {
    if (estimate.hours() > most) {
      return Optional.of(
          String.format(
              Locale.ROOT,
              "the study would take %s, more than --max-hours %s: name fewer orders, seeds or"
                  + " strategies, start more workers (autoseed up --workers), or raise the limit",
              StudyText.hours(estimate.hours()),
              most));
    }
    if (!estimate.unknown().isEmpty()) {
      return Optional.of(
          ("--max-hours: no earlier run on this data says how long %s will take: run one class"
                  + " order first, autoseed study %s --first-orders 1, then ask again")
              .formatted(String.join(", ", new TreeSet<>(estimate.unknown())), file));
    }
    return Optional.empty();
  }
}
