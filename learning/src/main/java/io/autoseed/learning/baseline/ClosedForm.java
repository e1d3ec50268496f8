package io.autoseed.learning.baseline;

import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;
import java.util.function.Supplier;

/** A phase without steps of its own: its result follows from the input at once. */
record ClosedForm(Supplier<PhaseResult> computation) implements PhaseLoop {
  @Override
  public int steps() {
    return 0;
  }

  @Override
  public void step(int i) {
    throw new IllegalArgumentException("a phase of 0 steps has no step " + i);
  }

  @Override
  public TensorBundle snapshot() {
    return TensorBundle.of(Map.of());
  }

  @Override
  public void restore(TensorBundle snapshot) {}

  @Override
  public PhaseResult result() {
    return computation.get();
  }

  @Override
  public void close() {}
}
