package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.Submission;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.RunStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SequenceRunIT {
  @TempDir private static Path folder;
  private static WorkerFleet workers;
  private static WorkerHandle worker;
  private static DurableRun durable;

  @BeforeAll
  static void startWorker() throws Exception {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    workers = new WorkerFleet(TestStack.addresses().home(), folder);
    worker = workers.startReady();
  }

  @AfterAll
  static void stopWorker() throws Exception {
    workers.close();
    durable.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"slda", "er", "auto-seed"})
  void aDurableRunEndsInTheBitsOfTheSameRunInMemory(String strategy) throws Exception {
    ResolvedSequence sequence =
        SmallSequence.write(folder.resolve(strategy), 1, "{name: " + strategy + "}");
    String run = DurableRun.unique("same-bits-" + strategy);

    durable.submit(Submission.of(run, sequence, "avx2", "test"));
    assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);

    LocalRun local = SmallSequence.local(sequence);
    for (int task = 0; task < 3; task++) {
      assertThat(durable.digests(run, task))
          .as("learner state after task %d", task)
          .isEqualTo(DurableRun.digests(local.states().get(task)));
    }
    assertThat(durable.manifest(run, 2, Phase.PUBLISH).manifest().outcome().metrics())
        .containsAllEntriesOf(local.metrics().classIncremental());
    assertThat(durable.runs().find(run).orElseThrow().state()).isEqualTo("DONE");
  }

  @Test
  void aWorkflowTaskThatADeadWorkerHadTakenGoesToAnotherSoon() throws Exception {
    ResolvedSequence whole = SmallSequence.write(folder.resolve("soon"), 1, "{name: slda}");
    String run = DurableRun.unique("soon");

    durable.submit(Submission.of(run, SmallSequence.beginning(whole, 1), "avx2", "test"));

    assertThat(durable.workflowTaskSeconds(run)).isEqualTo(5);
    assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);
  }

  @Test
  void aSecondRunTakesOverTheFeaturesAndNothingElse() throws Exception {
    ResolvedSequence sequence =
        SmallSequence.write(folder.resolve("reuse"), (int) System.nanoTime(), "{name: slda}");
    String first = DurableRun.unique("reuse-first");
    durable.submit(Submission.of(first, sequence, "avx2", "test"));
    durable.await(first);

    String second = DurableRun.unique("reuse-second");
    durable.submit(Submission.of(second, sequence, "avx2", "test"));
    durable.await(second);

    for (int task = 0; task < 3; task++) {
      for (Phase phase : Phase.values()) {
        assertThat(durable.manifest(second, task, phase).manifest().envelope().reusedFrom())
            .as("%s of task %d", phase, task)
            .isEqualTo(
                phase == Phase.ENCODE
                    ? "runs/" + first + "/manifests/" + task + "/ENCODE.json"
                    : null);
      }
    }
  }

  @Test
  void aForkGoesOnFromTheSharedPastToTheSameBits() throws Exception {
    ResolvedSequence sequence = SmallSequence.write(folder.resolve("fork"), 4, "{name: slda}");
    String parent = DurableRun.unique("fork-parent");
    durable.submit(Submission.of(parent, sequence, "avx2", "test"));
    durable.await(parent);

    String fork = DurableRun.unique("fork");
    durable.submit(
        Submission.of(fork, sequence, "avx2", "test").withFork(new Submission.Fork(parent, 0)));
    durable.await(fork);

    assertThat(durable.digests(fork, 2)).isEqualTo(durable.digests(parent, 2));
    assertThat(durable.manifest(fork, 2, Phase.PUBLISH).manifest().outcome().metrics())
        .isEqualTo(durable.manifest(parent, 2, Phase.PUBLISH).manifest().outcome().metrics());
    assertThat(durable.store().list("runs/" + fork + "/manifests/0/")).isEmpty();
  }

  @Test
  void anAppendedTaskIsLearnedAsIfItHadBeenThereFromTheStart() throws Exception {
    ResolvedSequence whole =
        SmallSequence.write(folder.resolve("append"), (int) System.nanoTime(), "{name: slda}");
    ResolvedSequence shorter = SmallSequence.beginning(whole, 2);
    String run = DurableRun.unique("append");
    worker.freeze();
    durable.submit(Submission.of(run, shorter, "avx2", "test"));
    Path away = Files.move(folder.resolve("append"), folder.resolve("elsewhere"));
    worker.thaw();
    durable.steering().pause(run); // it waits for its data set, and so is not done yet
    Files.move(away, folder.resolve("append"));

    RunStatus appended = durable.steering().append(durable.steering().past(run), whole);
    durable.steering().resume(run);

    assertThat(appended.tasks()).isEqualTo(3);
    assertThat(durable.await(run).nextTask()).isEqualTo(3);
    assertThat(durable.digests(run, 2))
        .isEqualTo(DurableRun.digests(SmallSequence.local(whole).finalState()));
    assertThat(durable.runs().tasks(run)).hasSize(3);
    assertThat(durable.runs().find(run).orElseThrow().sequenceDigest())
        .isEqualTo(whole.withParent(shorter.digest()).digest());
  }
}
