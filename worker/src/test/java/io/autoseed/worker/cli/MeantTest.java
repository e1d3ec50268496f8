package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MeantTest {
  /** Every id begins with an empty text: the only study there is would be meant by it. */
  @Test
  void anEmptyTextMeansNothingWhateverTheCatalogHolds() {
    assertThatThrownBy(() -> Meant.of(null, ""))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("expected a run or a study, found an empty text");
  }

  @ParameterizedTest
  @CsvSource({
    "calm-20261122-100000-00aa, calm-two-0a1b2c3d, calm, false",
    "calm-two-20261122-100000-00aa, calm-0a1b2c3d, calm, true"
  })
  void ofARunAndAStudyThatBeginAlikeTheOneOfThatNameIsMeant(
      String run, String study, String reference, boolean isStudy) {
    assertThat(Meant.isStudy(run, study, reference)).isEqualTo(isStudy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"calm", "ca", "calm-"})
  void ifBothOrNeitherHaveTheNameMoreOfTheIdIsAskedFor(String reference) {
    assertThatThrownBy(() -> Meant.isStudy("calm-20261122-100000-00aa", "calm-0a1b2c3d", reference))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "run calm-20261122-100000-00aa and study calm-0a1b2c3d begin with %s: give more of the id",
            reference);
  }
}
