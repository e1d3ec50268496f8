package io.autoseed.learning.strategy;

import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;
import java.util.function.Supplier;

/** A phase without steps of its own: its result follows from the input at once. */
public record ClosedForm(Supplier<PhaseResult> computation) implements PhaseLoop {
  /** A phase in which nothing is done. */
  public static ClosedForm unchanged(PhaseInput input) {
    return leaving(input::state);
  }

  /** A phase that leaves this state and has no metrics. */
  public static ClosedForm leaving(Supplier<LearnerState> state) {
    return new ClosedForm(() -> PhaseResult.of(state.get(), Map.of()));
  }

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
