package io.autoseed.worker.chaos;

import io.autoseed.worker.report.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Learns run after run under strikes until enough strikes have hit work in progress. */
final class DisturbedRuns {
  /** How one run is begun and learned. */
  interface Round {
    void submit(String run);

    /**
     * Strikes until enough strikes have hit work in progress or the run has ended, then waits for
     * its end.
     *
     * @param number of the run, from 1
     * @param wanted strikes that have to hit work in progress
     * @param results takes how the run took each strike, also if this throws
     */
    void disturb(String run, int number, int wanted, List<StrikeResult> results);
  }

  private static final int ROUNDS_WITHOUT_A_HIT = 3;

  private final String name;
  private final int kills;
  private final Round round;
  private final List<String> runs = new ArrayList<>();
  private final List<StrikeResult> results = new ArrayList<>();

  /**
   * @param name start of the runs' ids
   * @param kills that have to hit work in progress
   */
  DisturbedRuns(String name, int kills, Round round) {
    this.name = name;
    this.kills = kills;
    this.round = round;
  }

  /**
   * Learns them. A run that is lost, or a mishap once a kill has hit, ends that early: what was
   * found by then is worth its report.
   *
   * @return why it ended early, in one line
   * @throws RuntimeException a mishap before any kill has hit, or an interrupt
   */
  Optional<String> learn() {
    try {
      learnAll();
      return Optional.empty();
    } catch (LostRunException e) {
      return Optional.of(runs.get(runs.size() - 1) + ": " + e.getMessage());
    } catch (RuntimeException e) {
      if (hits().isEmpty() || Thread.currentThread().isInterrupted()) {
        throw e;
      }
      return Optional.of(
          "the proof ended early, after %d of %s: %s"
              .formatted(
                  hits().size(), Numbers.counted(kills, "kill", "kills"), ChaosException.why(e)));
    }
  }

  private void learnAll() {
    int without = 0;
    while (hits().size() < kills) {
      int before = hits().size();
      int number = runs.size() + 1;
      String run = name + "-" + number;
      round.submit(run);
      runs.add(run);
      round.disturb(run, number, kills - before, results);
      without = hits().size() == before ? without + 1 : 0;
      if (without == ROUNDS_WITHOUT_A_HIT) {
        throw new ChaosException(
            "no kill hit work in progress in %d runs: the sequence is too short for chaos"
                .formatted(without));
      }
    }
  }

  /** Their ids, in order. */
  List<String> runs() {
    return List.copyOf(runs);
  }

  /** The strikes that hit work in progress. */
  List<StrikeResult> hits() {
    return results.stream().filter(result -> result.strike().inWork()).toList();
  }

  /** How many strikes hit none. */
  int idle() {
    return results.size() - hits().size();
  }
}
