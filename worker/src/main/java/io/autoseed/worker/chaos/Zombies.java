package io.autoseed.worker.chaos;

import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Attempts whose worker was stopped and woke when another had committed their phase. */
final class Zombies {
  private Zombies() {}

  /**
   * Counts them.
   *
   * @param phases the phases of a run, by its id
   */
  static int woken(List<StrikeResult> results, Function<String, List<PhaseRow>> phases) {
    return results.stream()
        .map(StrikeResult::strike)
        .filter(strike -> strike.kind() == Strike.Kind.PAUSE)
        .mapToInt(strike -> woken(strike, phases))
        .sum();
  }

  private static int woken(Strike strike, Function<String, List<PhaseRow>> phases) {
    Instant woke = strike.at().plusMillis(Math.round(1000 * strike.pauseSeconds()));
    return (int)
        strike.held().stream()
            .filter(work -> work.task() >= 0)
            .filter(
                work ->
                    phases.apply(work.run()).stream()
                        .filter(row -> row.committed() && row.task() == work.task())
                        .filter(
                            row ->
                                work.commits()
                                    .filter(p -> p.name().equals(row.phase()))
                                    .isPresent())
                        .anyMatch(
                            row ->
                                row.committedAt().isAfter(strike.at())
                                    && row.committedAt().isBefore(woke)))
            .count();
  }
}
