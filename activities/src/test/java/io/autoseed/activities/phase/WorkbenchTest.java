package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.workflows.Failures;
import io.autoseed.workflows.Phase;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WorkbenchTest {
  @Test
  void settingsThatABuildAddedLaterHaveTheirDefaultInEveryStoredSequence() {
    for (StrategyFactory factory : Strategies.all()) {
      SortedMap<String, Object> stored = factory.complete(Map.of());
      while (!stored.isEmpty()) {
        stored.remove(stored.firstKey());
        Strategy made =
            Workbench.strategy(sequence(factory.name(), new TreeMap<>(stored)), Device.cpu());
        assertThat(made.name()).isEqualTo(factory.name());
      }
    }
  }

  @Test
  void aStoredSettingThatThisBuildRefusesEndsTheRun() {
    SequenceDocument wide = sequence("ranpac", new TreeMap<>(Map.of("width", 1_000_000)));

    assertThatThrownBy(() -> Workbench.strategy(wide, Device.cpu()))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getType()).isEqualTo(Failures.BAD_INPUT);
              assertThat(failure.getOriginalMessage()).contains("'ranpac'", "width", "1000000");
            });
  }

  @Test
  void aRunOfAnotherVersionOfItsStrategyIsNotLearnedOn() {
    SequenceDocument submitted = sequence("slda", new TreeMap<>());

    Workbench.requireVersion(submitted, 1);
    assertThatThrownBy(() -> Workbench.requireVersion(submitted, 2))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage())
                  .contains("version 1 of strategy 'slda', this worker has version 2");
            });
  }

  @Test
  void aPhaseWhosePredecessorLeftNothingEndsTheRun() {
    assertThatThrownBy(() -> Workbench.required(Optional.empty(), "calm", 3, Phase.EVALUATE))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage())
                  .contains(
                      "run calm has no manifest of EVALUATE of task 3", "autoseed verify calm");
            });
  }

  private static SequenceDocument sequence(String strategy, SortedMap<String, Object> settings) {
    return new SequenceDocument(
        "made-up",
        "builtin",
        strategy,
        1,
        settings,
        1,
        new EvaluationRows(EvaluationRows.Kind.ALL, 0),
        null,
        List.of(),
        null);
  }
}
