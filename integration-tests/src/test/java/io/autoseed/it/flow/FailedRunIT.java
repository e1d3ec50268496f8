package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.Documents;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.worker.process.Standstill;
import io.autoseed.worker.report.RunView;
import io.autoseed.worker.report.StackCatalog;
import io.autoseed.workflows.RunState;
import io.temporal.client.WorkflowFailedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that cannot go on: for good, or until somebody mends what they need. */
class FailedRunIT {
  @TempDir private static Path folder;
  private static DurableRun durable;
  private static WorkerFleet workers;
  private static WorkerHandle worker;

  @BeforeAll
  static void start() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    workers = new WorkerFleet(TestStack.addresses().home(), folder);
    worker = workers.start();
  }

  @AfterAll
  static void stop() {
    workers.close();
    durable.close();
  }

  @Test
  void anObjectThatWasChangedEndsTheRunWithBothDigests() throws Exception {
    ResolvedSequence sequence = sequence("changed-object", 31);
    String expected = CanonicalJson.digest(sequence.tasks().get(0));
    byte[] other = "{}".getBytes(StandardCharsets.UTF_8);
    durable.store().put(Documents.key(expected), other, "document");

    RunRow failed = failed(submit("changed-object", sequence));

    assertThat(failed.failure())
        .startsWith(Documents.key(expected) + " was changed")
        .contains("expected SHA-256 " + expected + ", found " + CanonicalJson.sha256(other));
  }

  @Test
  void aDataSetThatWasChangedEndsTheRunWithItsFileAndLeavesNoFeatures() throws Exception {
    ResolvedSequence sequence = sequence("changed-data", 32);
    sequence("changed-data", 33);

    RunRow failed = failed(submit("changed-data", sequence));

    assertThat(failed.failure())
        .startsWith(folder.resolve("changed-data").resolve("features.safetensors").toString())
        .contains("changed");
    ResolvedSequence putBack =
        SmallSequence.beginning(
            SmallSequence.write(folder.resolve("changed-data"), 32, "{name: auto-seed}"), 1);
    durable.requireSameBits(submit("put-back", putBack), SmallSequence.local(putBack));
  }

  @Test
  void aDataSetThatIsOutOfReachIsWaitedForAndItsRunSaysSo() throws Exception {
    // Features that an earlier execution encoded need no data set.
    ResolvedSequence sequence = sequence("away", (int) System.nanoTime());
    worker.freeze();
    String run = submit("away", sequence);
    Path away = Files.move(folder.resolve("away"), folder.resolve("elsewhere"));
    worker.thaw();

    String trouble = durable.trouble(run);
    assertThat(trouble)
        .contains(folder.resolve("away").resolve("features.safetensors") + " does not exist")
        .doesNotContain("\n");
    Files.move(away, folder.resolve("away"));

    assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);
    assertThat(durable.standstill(run)).isEqualTo(Standstill.NONE);
  }

  @Test
  void aRunWhoseWorkerFellSilentSaysSo() throws Exception {
    ResolvedSequence sequence =
        SmallSequence.write(folder.resolve("silent"), 35, "{name: er, steps: 200000}");
    String run = durable.submitToInterrupt("silent", sequence, 2);
    durable.checkpointInAdapt(run, 0);

    worker.freeze();
    String trouble = durable.trouble(run);
    worker.thaw();
    durable.steering().cancel(run);

    assertThat(trouble).startsWith("adapt, attempt 2, after: ").contains("eartbeat");
    durable.awaitState(run, RunState.CANCELLED.name());
  }

  @Test
  void aRunBehindALongOneSaysThatItWaitsForAWorkerAndShowsItAfterwards() throws Exception {
    ResolvedSequence endless =
        SmallSequence.write(folder.resolve("endless"), 36, "{name: er, steps: 200000}");
    String ahead = durable.submitToInterrupt("ahead", endless, 2);
    durable.checkpointInAdapt(ahead, 0);
    String behind = submit("behind", sequence("behind", (int) System.nanoTime()));

    Standstill queued =
        DurableRun.eventually(
            "the wait of " + behind,
            () ->
                Optional.of(durable.standstill(behind))
                    .filter(standstill -> standstill.queuedSeconds() != null));
    assertThat(queued.trouble()).isNull();
    assertThat(queued.behind()).contains(ahead);
    Standstill training = durable.standstill(ahead);
    assertThat(training.queuedSeconds()).isNull();
    assertThat(training.steps()).isEqualTo(200_000);
    assertThat(training.step()).isPositive();
    assertThat(training.worker()).matches("[0-9]+@\\S+");
    durable.steering().cancel(ahead);

    assertThat(durable.await(behind).state()).isEqualTo(RunState.DONE);
    try (StackCatalog catalog = new StackCatalog(TestStack.addresses())) {
      RunView.PhaseView encode = catalog.view(behind).orElseThrow().tasks().get(0).phases().get(0);
      assertThat(encode.waitSeconds()).isGreaterThanOrEqualTo(queued.queuedSeconds());
    }
  }

  /** The first task alone, of a sequence whose files have a folder of that name. */
  private static ResolvedSequence sequence(String name, int random) throws Exception {
    return SmallSequence.beginning(
        SmallSequence.write(folder.resolve(name), random, "{name: slda}"), 1);
  }

  private static String submit(String name, ResolvedSequence sequence) {
    String run = DurableRun.unique(name);
    durable.submit(Submission.of(run, sequence, "avx2", "test"));
    return run;
  }

  private static RunRow failed(String run) {
    assertThatThrownBy(() -> durable.await(run)).isInstanceOf(WorkflowFailedException.class);
    RunRow row = durable.runs().find(run).orElseThrow();
    assertThat(row.state()).isEqualTo(RunState.FAILED.name());
    return row;
  }
}
