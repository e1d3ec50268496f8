package io.autoseed.worker.cli;

import ai.djl.Device;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.strategy.Strategies;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What would stay of training images although a run drops their features. */
final class KeptExamples {
  private KeptExamples() {}

  /**
   * @throws CommandFailure that names the strategies of the sequence, baselines included, which
   *     keep examples in their learner states
   */
  static void refuse(ResolvedSequence sequence) {
    if (in(sequence.document().strategy(), sequence.document().settings())) {
      throw new CommandFailure(
          "--drop-features: strategy %s keeps training examples in what it learns, as it is set: choose another, or leave --drop-features out (a fork of a run with it has it)"
              .formatted(sequence.document().strategy()));
    }
    List<String> baselines = new ArrayList<>(sequence.baselines());
    baselines.removeIf(baseline -> !in(baseline, Map.of()));
    if (!baselines.isEmpty()) {
      throw new CommandFailure(
          "--drop-features: of the baselines, %s would keep training examples in what they learn: leave them out of baselines:, or add --no-baselines"
              .formatted(String.join(" and ", baselines)));
    }
  }

  /**
   * Whether a strategy keeps training examples.
   *
   * @param settings by name; what is missing has its default
   */
  static boolean in(String strategy, Map<String, Object> settings) {
    return Strategies.named(strategy)
        .map(factory -> factory.create(factory.complete(settings), Device.cpu()).keepsExamples())
        .orElse(false);
  }
}
