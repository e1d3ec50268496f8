package io.autoseed.worker.chaos;

import io.autoseed.worker.chaos.RestartTimer.Restart;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How the stack took a strike.
 *
 * @param recoverySeconds from the strike to the progress that shows it ({@link Recovery}); after a
 *     pause that no other worker could bridge, from its end
 * @param needed whether the run may have waited for what was hit; if not, that time is none of a
 *     recovery
 * @param by what that progress was
 * @param restarts of the components that died, one each, which may still be starting
 */
record StrikeResult(
    Strike strike,
    double recoverySeconds,
    boolean needed,
    String by,
    List<CompletableFuture<Optional<Restart>>> restarts) {
  StrikeResult {
    restarts = List.copyOf(restarts);
  }

  /** Waits until all components are back; those that did not come back are missing. */
  List<Restart> restarted() {
    return restarts.stream().flatMap(restart -> restart.join().stream()).toList();
  }

  /** How long each recovery took, of the strikes at what was needed. */
  static List<Double> recoveries(List<StrikeResult> results) {
    return results.stream()
        .filter(StrikeResult::needed)
        .map(StrikeResult::recoverySeconds)
        .toList();
  }
}
