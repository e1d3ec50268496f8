package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.Submission;
import io.autoseed.it.TestStack;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.TaskQueues;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.client.WorkflowClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A change of the workers' build in the midst of a run. */
class WorkerBuildIT {
  private static final String OLD = DurableRun.unique("old");
  private static final String NEW = DurableRun.unique("new");

  @TempDir private static Path folder;
  private static DurableRun durable;

  @BeforeAll
  static void connect() {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
  }

  /** Workers of other tests have no build: new runs must go to them again. */
  @AfterAll
  static void takeBackFromBuilds() {
    WorkflowClient client = durable.client();
    client
        .getWorkflowServiceStubs()
        .blockingStub()
        .setWorkerDeploymentCurrentVersion(
            SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setDeploymentName(TaskQueues.control("avx2"))
                .setIgnoreMissingTaskQueues(true)
                .build());
    durable.close();
  }

  @Test
  void aRunStaysWithItsBuildUntilItContinuesAsNew() throws Exception {
    ResolvedSequence sequence =
        SmallSequence.write(folder.resolve("er"), 12, "{name: er, steps: 8000}");
    try (WorkerFleet workers = new WorkerFleet(TestStack.addresses().home(), folder)) {
      workers.startReady(OLD);
      String run = DurableRun.unique("builds");
      durable.submit(
          Submission.of(run, sequence, "avx2", "test").withPatience(new RunPolicy(10, 2), 0.2));
      String first = durable.workflow(run).describe().getExecution().getRunId();
      durable.checkpointInAdapt(run, 0);
      durable.steering().pause(run); // a run may be done before another worker polls
      durable.awaitState(run, "PAUSED");

      workers.startReady(NEW);
      durable.steering().resume(run);
      assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);

      assertThat(builds(run, first)).containsOnly(OLD);
      assertThat(builds(run + "/0", "")).containsOnly(OLD);
      assertThat(builds(run + "/1", "")).containsOnly(OLD);
      assertThat(builds(run, continuedAs(run, first))).containsOnly(NEW);
      assertThat(builds(run + "/2", "")).containsOnly(NEW);
      assertThat(durable.digests(run, 2))
          .isEqualTo(DurableRun.digests(SmallSequence.local(sequence).finalState()));
    }
  }

  /** Builds of the workers that performed the workflow tasks of a history. */
  private static List<String> builds(String workflow, String history) {
    return durable.client().fetchHistory(workflow, history).getEvents().stream()
        .filter(HistoryEvent::hasWorkflowTaskCompletedEventAttributes)
        .map(
            event ->
                event.getWorkflowTaskCompletedEventAttributes().getDeploymentVersion().getBuildId())
        .toList();
  }

  private static String continuedAs(String workflow, String history) {
    return durable
        .client()
        .fetchHistory(workflow, history)
        .getLastEvent()
        .getWorkflowExecutionContinuedAsNewEventAttributes()
        .getNewExecutionRunId();
  }
}
