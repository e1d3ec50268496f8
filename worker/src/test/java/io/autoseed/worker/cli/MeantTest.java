package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeantTest {
  /** Every id begins with an empty text: the only study there is would be meant by it. */
  @Test
  void anEmptyTextMeansNothingWhateverTheCatalogHolds() {
    assertThatThrownBy(() -> Meant.of(null, ""))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("expected a run or a study, found an empty text");
  }
}
