package io.autoseed.learning.local;

import io.autoseed.learning.tensor.TensorBundle;
import java.util.function.Supplier;

/**
 * Told of every step of a phase: the place for checkpoints, heartbeats and cancellation. What it
 * throws ends the phase, whose loop is then closed.
 */
@FunctionalInterface
public interface StepObserver {
  /** Watches nothing. */
  StepObserver NONE = (stepsDone, steps, snapshot) -> {};

  /**
   * @param stepsDone steps done so far, those before a resume included
   * @param steps steps of the phase
   * @param snapshot makes the snapshot after {@code stepsDone} steps; ask only when it is to be
   *     kept, and before returning
   */
  void afterStep(int stepsDone, int steps, Supplier<TensorBundle> snapshot);
}
