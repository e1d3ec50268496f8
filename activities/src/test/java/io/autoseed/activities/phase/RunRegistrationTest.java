package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.SequenceException;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RunRegistrationTest {
  private static final Submission.Fork FORK = new Submission.Fork("old", 3);

  private static SequenceDocument document(String strategy, Integer version) {
    return new SequenceDocument(
        "s",
        "builtin",
        strategy,
        version,
        new TreeMap<>(),
        7,
        new EvaluationRows(EvaluationRows.Kind.ALL, 0),
        null,
        List.of(),
        null);
  }

  @Test
  void aForkIsRefusedAStateThatItsVersionOfTheStrategyCannotRead() {
    SequenceDocument now = document("auto-seed", 4);
    assertThatThrownBy(() -> RunRegistration.requireReadable(FORK, document("auto-seed", 3), now))
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining("run old learned with version 3 of auto-seed")
        .hasMessageContaining("fork with a build that has version 3");
    assertThatCode(() -> RunRegistration.requireReadable(FORK, now, now))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> RunRegistration.requireReadable(FORK, document("er", 0), document("er", 1)))
        .doesNotThrowAnyException();
  }
}
