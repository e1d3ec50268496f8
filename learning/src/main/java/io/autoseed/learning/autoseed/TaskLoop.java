package io.autoseed.learning.autoseed;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.torch.Torch;

/** What the three phases share: the state's objects, native memory. */
abstract class TaskLoop implements PhaseLoop {
  final AutoSeedSettings settings;
  final PhaseInput input;
  final LearnerState state;
  final NDManager manager;
  final int d;

  TaskLoop(AutoSeedSettings settings, PhaseInput input, Device device) {
    if (input.classes().count() == 0) {
      throw new IllegalArgumentException("task " + input.task() + " has no classes");
    }
    this.settings = settings;
    this.input = input;
    this.state = input.state();
    this.d = input.classes().texts().size(1);
    this.manager = Torch.newManager(device);
  }

  /** Whether classes have been learned before this task. */
  boolean hasPast() {
    return state.has(SeedBank.NAME);
  }

  SeedBank bank() {
    return SeedBank.of(state, d);
  }

  /** Runs {@code work}; native arrays it leaves and does not keep are freed. */
  void scoped(Runnable work) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      work.run();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
