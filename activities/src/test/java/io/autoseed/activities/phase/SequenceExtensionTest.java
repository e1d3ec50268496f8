package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.SequenceException;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.StrategyFactory;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SequenceExtensionTest {
  private static final StrategyFactory ER = Strategies.named("er").orElseThrow();

  @Test
  void aSettingAtItsDefaultIsNoChangeToARunOfABuildThatHadNone() {
    SortedMap<String, Object> now = ER.complete(Map.of());
    SortedMap<String, Object> before = new TreeMap<>(now);
    before.remove(before.firstKey());

    assertThatCode(() -> SequenceExtension.requireSame("months-1", sequence(before), sequence(now)))
        .doesNotThrowAnyException();
  }

  @Test
  void anotherValueOfASettingIsAChange() {
    SortedMap<String, Object> before = ER.complete(Map.of("features-per-class", 3));
    SortedMap<String, Object> now = ER.complete(Map.of("features-per-class", 4));

    assertThatThrownBy(
            () -> SequenceExtension.requireSame("months-1", sequence(before), sequence(now)))
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining("strategy.features-per-class: the file has 4, run months-1 3");
  }

  @Test
  void otherLabelNoiseIsAChange() {
    SortedMap<String, Object> settings = ER.complete(Map.of());

    assertThatThrownBy(
            () ->
                SequenceExtension.requireSame(
                    "months-1", sequence(1, settings, 0.2), sequence(1, settings, null)))
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining("label-noise: the file has none, run months-1 0.2");
  }

  @Test
  void anotherVersionOfTheStrategyIsRefused() {
    SequenceDocument first = ofVersion(1);
    SequenceDocument second = ofVersion(2);

    assertThatThrownBy(() -> SequenceExtension.requireSame("months-1", first, second))
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining(
            "this program has version 2 of er, run months-1 learns with version 1")
        .hasMessageContaining("--from");
    assertThatCode(() -> SequenceExtension.requireSame("months-1", ofVersion(null), second))
        .as("an older build did not say which it was")
        .doesNotThrowAnyException();
  }

  private static SequenceDocument ofVersion(Integer version) {
    return sequence(version, ER.complete(Map.of()), null);
  }

  private static SequenceDocument sequence(SortedMap<String, Object> settings) {
    return sequence(1, settings, null);
  }

  private static SequenceDocument sequence(
      Integer version, SortedMap<String, Object> settings, Double labelNoise) {
    return new SequenceDocument(
        "months",
        "builtin",
        ER.name(),
        version,
        settings,
        1,
        new EvaluationRows(EvaluationRows.Kind.ALL, 0),
        labelNoise,
        List.of(),
        null);
  }
}
