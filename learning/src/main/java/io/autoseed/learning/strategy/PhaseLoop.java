package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.TensorBundle;

/**
 * One phase as a resumable loop. {@code step(i)} depends only on the {@link PhaseInput}, on {@code
 * i} and on what steps 0..i-1 left; {@code restore(snapshot after step i-1)} followed by steps i..
 * gives the same bits as the steps without the interruption, in any process of the same numeric
 * profile.
 *
 * <p>The driver is the same everywhere: {@code for (i = from; i < steps(); i++) step(i);} then
 * {@code result()}. Not thread-safe; one thread drives a loop from open to close.
 */
public interface PhaseLoop extends AutoCloseable {
  /** Number of steps, at least 0, fixed from the start. */
  int steps();

  /** Does step {@code i}. Steps are done in order. */
  void step(int i);

  /** All that the steps done so far have changed, optimizer moments included. */
  TensorBundle snapshot();

  /** Takes the place of the steps that led to {@code snapshot}. Called before any step. */
  void restore(TensorBundle snapshot);

  /** The outcome, after the last step. */
  PhaseResult result();

  /** Frees native memory. */
  @Override
  void close();
}
