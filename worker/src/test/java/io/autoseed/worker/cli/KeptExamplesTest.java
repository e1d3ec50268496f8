package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Strategies;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class KeptExamplesTest {
  private static ResolvedSequence sequence(
      String strategy, Map<String, Object> settings, String... baselines) {
    SequenceDocument document =
        new SequenceDocument(
            "s",
            "builtin",
            strategy,
            1,
            Strategies.named(strategy).orElseThrow().complete(settings),
            7,
            new EvaluationRows(EvaluationRows.Kind.ALL, 0),
            null,
            List.of(),
            null);
    return new ResolvedSequence(document, List.of(), new TreeMap<>(), List.of(baselines));
  }

  @Test
  void aStrategyThatKeepsExamplesIsRefusedAsItIsSet() {
    assertThatThrownBy(() -> KeptExamples.refuse(sequence("rail", Map.of())))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("strategy rail keeps training examples");
    assertThatCode(() -> KeptExamples.refuse(sequence("rail", Map.of("form", "primal"))))
        .doesNotThrowAnyException();
  }

  @Test
  void baselinesThatKeepExamplesAreAllNamed() {
    assertThatThrownBy(
            () -> KeptExamples.refuse(sequence("auto-seed", Map.of(), "er", "slda", "joint")))
        .hasMessageContaining("of the baselines, er and joint would keep")
        .hasMessageContaining("--no-baselines");
    assertThatCode(() -> KeptExamples.refuse(sequence("auto-seed", Map.of(), "slda")))
        .doesNotThrowAnyException();
  }
}
