package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import io.autoseed.learning.evaluation.SequenceMetrics;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.shared.SevenDomains;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Order 0 of the seven-domain sequence; skipped where the folder of features is absent. */
class SevenDomainsTest {
  private static Optional<SevenDomains> data;

  @BeforeAll
  static void find() throws IOException {
    data = SevenDomains.find();
    assumeTrue(data.isPresent(), "no folder of shared features (AUTOSEED_SHARED)");
  }

  /** The figures recorded of order 0; version 3, with an FWT of 12.8, does not reach them. */
  @Test
  void the_method_measures_what_its_description_says() {
    SequenceMetrics metrics = measure(AutoSeedSettings.defaults(), EvaluationRows.Kind.ALL, 0);
    assertThat(metrics.headline("last").orElseThrow()).isCloseTo(73.99, within(0.9));
    assertThat(metrics.headline("bwt").orElseThrow()).isCloseTo(-6.99, within(0.7));
    assertThat(metrics.headline("fwt").orElseThrow()).isCloseTo(14.89, within(0.7));
    assertThat(metrics.headline("seenLoss").orElseThrow()).isCloseTo(-8.32, within(0.7));
  }

  @Test
  void one_seed_no_steps_and_full_trust_is_streaming_lda() {
    SequenceMetrics metrics = measure(AutoSeedSettings.streamingLda(), EvaluationRows.Kind.LAST, 1);
    assertThat(metrics.headline("last").orElseThrow()).isCloseTo(71.48, within(0.0051));
  }

  private static SequenceMetrics measure(
      AutoSeedSettings settings, EvaluationRows.Kind rows, int count) {
    AutoSeed strategy = new AutoSeed(settings, Device.cpu());
    return new LocalSequenceRunner(strategy, 1993, new EvaluationRows(rows, count))
        .run(data.orElseThrow().order(0))
        .metrics();
  }
}
