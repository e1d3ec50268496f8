package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.local.LocalSequenceRunner;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.shared.SevenDomains;
import io.autoseed.learning.strategy.Strategy;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** On real features; skipped where the folder with them is absent. */
class SevenDomainsTest {
  private static Optional<SevenDomains> data;

  @BeforeAll
  static void find() throws IOException {
    data = SevenDomains.find();
    assumeTrue(data.isPresent(), "no folder of shared features (AUTOSEED_SHARED)");
  }

  @Test
  void streaming_lda_reaches_the_known_accuracies() {
    double[] expected = {71.48, 71.59, 71.51, 71.67, 71.19};
    for (int order = 0; order < expected.length; order++) {
      assertThat(last(new StreamingLda(0.05, Device.cpu()), data.orElseThrow().order(order)))
          .as("order %d", order)
          .isCloseTo(expected[order], within(0.0051));
    }
  }

  @Test
  void fine_tuning_reaches_four_fifths_of_its_own_accuracy_on_each_newest_task() {
    Strategy tuned =
        new FineTuning(new Schedule(300, 0.002, 128, RateSchedule.CONSTANT), Device.cpu());
    List<TaskInputs> tasks = data.orElseThrow().order(0).subList(0, 6);
    LocalRun run =
        new LocalSequenceRunner(tuned, 1993, new EvaluationRows(EvaluationRows.Kind.ALL, 0))
            .run(tasks);
    for (int t = 0; t < tasks.size(); t++) {
      double own = last(tuned, ClusterTasks.alone(tasks.get(t)));
      assertThat(run.rows().get(t).classIncremental().get(t))
          .as("task %d, alone %s", t, own)
          .isGreaterThanOrEqualTo(0.8 * own);
    }
  }

  private static double last(Strategy strategy, List<TaskInputs> tasks) {
    return new LocalSequenceRunner(strategy, 1993, new EvaluationRows(EvaluationRows.Kind.LAST, 1))
        .run(tasks)
        .metrics()
        .headline("last")
        .orElseThrow();
  }
}
