package io.autoseed.learning.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SequenceMetricsTest {
  private static final int TASKS = 10_000;

  @Test
  void whatWasNotMeasuredOfTenThousandTasksTakesNoMemory() {
    List<EvaluationRow> lastFive =
        IntStream.range(TASKS - 5, TASKS).mapToObj(SequenceMetricsTest::row).toList();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    SequenceMetrics metrics = SequenceMetrics.of(lastFive, List.of());
    // A matrix of references to 10,000 times 10,000 cells is 400 MB; the rows have 2 MB of cells.
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(100 << 20);
    assertThat(metrics.headline("last").orElseThrow()).isCloseTo(50, within(1e-9));
    assertThat(metrics.absent())
        .containsEntry("classIncremental.avg", "needs R[0][0], which was not measured");
  }

  private static EvaluationRow row(int afterTask) {
    List<Double> cells = Collections.nCopies(TASKS, 50.0);
    return new EvaluationRow(afterTask, true, cells, cells, cells, cells, cells, 1024, 1, 1024);
  }
}
