package io.autoseed.worker.chaos;

import io.autoseed.worker.chaos.RestartTimer.Restart;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * How the stack took a strike.
 *
 * @param recoverySeconds from the strike to the run's next progress; after a pause that no other
 *     worker could bridge, from its end
 * @param by what that progress was
 * @param restarts of the components that died, one each, which may still be starting
 */
record StrikeResult(
    Strike strike,
    double recoverySeconds,
    String by,
    List<CompletableFuture<Optional<Restart>>> restarts) {
  StrikeResult {
    restarts = List.copyOf(restarts);
  }

  /** Waits until all components are back; those that did not come back are missing. */
  List<Restart> restarted() {
    return restarts.stream().flatMap(restart -> restart.join().stream()).toList();
  }
}
