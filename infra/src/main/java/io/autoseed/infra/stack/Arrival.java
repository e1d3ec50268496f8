package io.autoseed.infra.stack;

import io.autoseed.infra.supervisor.ComponentSpec;
import io.autoseed.infra.supervisor.ComponentState;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits until a component runs as it was asked for and answers. While the supervisor still ends the
 * process that ran before, that one's answer does not count.
 *
 * @param home the stack's folder
 */
record Arrival(StackHome home) {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final int DEATHS_BEFORE_GIVING_UP = 4;

  /**
   * Returns once {@code ready} says so of the process that {@code asked} describes.
   *
   * @param asked empty for a component that runs elsewhere
   * @throws StackException if it dies again and again or does not answer for two minutes
   */
  void await(String name, Optional<ComponentSpec> asked, BooleanSupplier ready) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    int before = starts(name);
    while (!(asked.map(this::runs).orElse(true) && ready.getAsBoolean())) {
      if (System.nanoTime() > deadline) {
        throw new StackException(name + " does not answer: see " + home.log(name));
      }
      if (starts(name) - before > DEATHS_BEFORE_GIVING_UP) {
        throw new StackException(name + " dies again and again: see " + home.log(name));
      }
      Waiting.pause(100);
    }
  }

  private boolean runs(ComponentSpec asked) {
    ComponentState state = home.run().states().get(asked.name());
    return state != null && state.alive() && state.specDigest().equals(asked.digest());
  }

  private int starts(String name) {
    ComponentState state = home.run().states().get(name);
    return state == null ? 0 : state.starts();
  }
}
