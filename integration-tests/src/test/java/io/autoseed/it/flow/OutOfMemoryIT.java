package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.Submission;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.Failures;
import io.autoseed.workflows.RunState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutOfMemoryIT {
  /**
   * A worker starts with it; the Gram matrix of the run below alone takes 36 MB, several times
   * over.
   */
  private static final int SMALL_HEAP = 96;

  @TempDir private Path folder;

  @Test
  void aWorkerThatRanOutOfHeapSaysSoAndEndsAndALargerOneGoesOn() throws Exception {
    ResolvedSequence sequence =
        SmallSequence.beginning(
            SmallSequence.write(folder.resolve("wide"), 21, "{name: ranpac, width: 3000}"), 1);
    try (DurableRun durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
        WorkerFleet workers = new WorkerFleet(TestStack.addresses().home(), folder)) {
      WorkerHandle small = workers.startWithHeap(SMALL_HEAP);
      String run = DurableRun.unique("out-of-memory");
      durable.submit(Submission.of(run, sequence, "avx2", "test"));

      assertThat(small.process().waitFor(4, TimeUnit.MINUTES)).as(small.log().toString()).isTrue();
      workers.start();

      assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);
      assertThat(failures(durable, run))
          .singleElement()
          .satisfies(
              failure -> {
                assertThat(failure.getApplicationFailureInfo().getType())
                    .isEqualTo(Failures.OUT_OF_MEMORY);
                assertThat(failure.getMessage())
                    .startsWith("out of memory (Java heap space) with a heap of ")
                    .endsWith("lower batch-size, or give the worker more memory");
              });
    }
  }

  private static List<Failure> failures(DurableRun durable, String run) {
    return durable.client().fetchHistory(run + "/0").getEvents().stream()
        .filter(HistoryEvent::hasActivityTaskFailedEventAttributes)
        .map(event -> event.getActivityTaskFailedEventAttributes().getFailure())
        .toList();
  }
}
