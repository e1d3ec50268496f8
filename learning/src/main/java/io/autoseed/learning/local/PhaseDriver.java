package io.autoseed.learning.local;

import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;
import java.util.Optional;

/**
 * Drives one phase from its first step, or from a snapshot, to its result. Durable runs and {@link
 * LocalSequenceRunner} both go through here, so that they compute the same bits.
 */
public final class PhaseDriver {
  private PhaseDriver() {}

  /**
   * Where to go on.
   *
   * @param stepsDone steps that led to {@code snapshot}
   */
  public record Resume(int stepsDone, TensorBundle snapshot) {}

  /**
   * Runs the phase to its end.
   *
   * @throws IllegalArgumentException if {@code resume} is past the last step
   * @throws IllegalStateException if the strategy breaks its contract: a metric that is not finite,
   *     an object named {@code task-...} left by SEED_UPDATE
   */
  public static PhaseResult run(
      Strategy strategy, PhaseInput input, Optional<Resume> resume, StepObserver observer) {
    try (PhaseLoop loop = strategy.open(input)) {
      int steps = loop.steps();
      int from = resume.map(Resume::stepsDone).orElse(0);
      if (from < 0 || from > steps) {
        throw new IllegalArgumentException(
            "cannot resume "
                + describe(strategy, input)
                + " after step "
                + from
                + ": it has "
                + steps
                + " steps");
      }
      resume.ifPresent(known -> loop.restore(known.snapshot()));
      for (int i = from; i < steps; i++) {
        loop.step(i);
        observer.afterStep(i + 1, steps, loop::snapshot);
      }
      return checked(strategy, input, loop.result());
    }
  }

  private static PhaseResult checked(Strategy strategy, PhaseInput input, PhaseResult result) {
    for (Map.Entry<String, Double> metric : result.metrics().entrySet()) {
      if (!Double.isFinite(metric.getValue())) {
        throw new IllegalStateException(
            describe(strategy, input)
                + " diverged: "
                + metric.getKey()
                + " is "
                + metric.getValue()
                + "; a lower learning rate may help");
      }
    }
    if (input.phase() == LearningPhase.SEED_UPDATE) {
      for (String name : result.state().objects().keySet()) {
        if (name.startsWith("task-")) {
          throw new IllegalStateException(
              describe(strategy, input) + " left '" + name + "', which lives only inside a task");
        }
      }
    }
    return result;
  }

  private static String describe(Strategy strategy, PhaseInput input) {
    return strategy.name() + " " + input.phase() + " of task " + input.task();
  }
}
