package io.autoseed.worker.chaos;

import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.StackException;
import io.autoseed.infra.supervisor.ProcessIdentity;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Measures how soon a killed component runs again, and how soon after that it answers. */
final class RestartTimer {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /**
   * @param restartSeconds from the death to the new process
   * @param readySeconds from the new process to its first answer
   */
  record Restart(double restartSeconds, double readySeconds) {}

  private RestartTimer() {}

  /**
   * Watches from now on, in a thread of its own; completes empty if the component is not ready
   * within two minutes, or if nobody can tell.
   *
   * @param victims the processes that died
   */
  static CompletableFuture<Optional<Restart>> start(
      LocalStack stack, String component, Set<Long> victims, Instant killed) {
    CompletableFuture<Optional<Restart>> result = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(measure(stack, component, victims, killed));
              } catch (RuntimeException e) {
                result.complete(Optional.empty());
              }
            },
            "restart of " + component);
    thread.setDaemon(true);
    thread.start();
    return result;
  }

  private static Optional<Restart> measure(
      LocalStack stack, String component, Set<Long> victims, Instant killed) {
    Instant deadline = killed.plus(PATIENCE);
    Instant started = null;
    while (Instant.now().isBefore(deadline)) {
      Optional<ProcessIdentity> process = stack.signals().process(component);
      boolean fresh = process.filter(p -> !victims.contains(p.pid())).isPresent();
      if (fresh && started == null) {
        started = Instant.now();
      }
      if (fresh && answers(stack, component)) {
        return Optional.of(new Restart(seconds(killed, started), seconds(started, Instant.now())));
      }
      Pause.of(LOOK);
    }
    return Optional.empty();
  }

  private static boolean answers(LocalStack stack, String component) {
    try {
      return stack.trouble(component).isEmpty();
    } catch (StackException e) {
      return false;
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
