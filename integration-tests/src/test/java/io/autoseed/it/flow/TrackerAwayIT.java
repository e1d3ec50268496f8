package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.MetricOutbox;
import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.tracking.TrackingCheck;
import io.autoseed.infra.supervisor.ComponentSpec;
import io.autoseed.infra.supervisor.RunDirectory;
import io.autoseed.it.TestStack;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.worker.report.RunView;
import io.autoseed.worker.report.StackCatalog;
import io.autoseed.workflows.RunState;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** MLflow is away for a whole sequence: nothing waits for it, and nothing is lost to it. */
class TrackerAwayIT {
  private static final String MLFLOW = "mlflow";

  @TempDir Path folder;

  @Test
  void trainingGoesOnAndEverythingArrivesInOrderAndOnce() throws Exception {
    ResolvedSequence sequence = SmallSequence.write(folder.resolve("slda"), 5, "{name: slda}");
    RunDirectory stack = new RunDirectory(TestStack.addresses().home().resolve("run"));
    ComponentSpec mlflow = stack.desired().get(MLFLOW);
    String run = DurableRun.unique("tracker-away");
    try (DurableRun durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
        StackCatalog catalog = new StackCatalog(TestStack.addresses());
        WorkerFleet workers = new WorkerFleet(TestStack.addresses().home(), folder)) {
      workers.startReady();
      try {
        stack.release(MLFLOW);
        DurableRun.eventually("MLflow's end", () -> absent(stack));
        durable.submit(Submission.of(run, sequence, "avx2", "test"));

        assertThat(durable.await(run).state()).isEqualTo(RunState.DONE);
        assertThat(view(catalog, run).tracking()).isEqualTo("pending");
      } finally {
        stack.ask(mlflow);
      }

      DurableRun.eventually(
          "everything delivered",
          () -> Optional.of(view(catalog, run)).filter(v -> v.tracking().equals("delivered")));
      assertThat(view(catalog, run).state()).isEqualTo("DONE");
      requireEverythingOnce(durable, run);
    }
  }

  private static Optional<String> absent(RunDirectory stack) {
    return stack.states().containsKey(MLFLOW) ? Optional.empty() : Optional.of("gone");
  }

  private static RunView view(StackCatalog catalog, String run) {
    return catalog.view(run).orElseThrow();
  }

  private static void requireEverythingOnce(DurableRun durable, String run) {
    TrackedRun parent =
        new MetricOutbox(durable.catalog()).tracked(run, TrackedRun.WHOLE).orElseThrow();
    URI address = URI.create(TestStack.addresses().mlflowUrl());
    try (TrackingCheck check = new TrackingCheck(address);
        MlflowClient client = new MlflowClient(address.toString())) {
      assertThat(check.differences(parent, durable.manifests(run, 3))).isEmpty();
      assertThat(client.getRun(parent.mlflowRun()).getInfo().getStatus())
          .isEqualTo(Service.RunStatus.FINISHED);
    }
  }
}
