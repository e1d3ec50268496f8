package io.autoseed.activities.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.it.TestStack;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MlflowRunsIT {
  private static final int TASKS = 4;

  @Test
  void theRunsOfAllPagesAreFound() {
    String run = "it-" + UUID.randomUUID();
    URI address = URI.create(TestStack.addresses().mlflowUrl());
    try (MlflowServer server = new MlflowServer(address, Duration.ofMinutes(1))) {
      MlflowRuns runs = new MlflowRuns(server, 2);
      String experiment = runs.experiment("mlflow-runs-it");
      String[] keys = new String[1 + TASKS];
      for (int i = 0; i <= TASKS; i++) {
        keys[i] = i == TASKS ? run : run + "/" + i;
        runs.findOrCreate(experiment, keys[i], keys[i], Map.of(), Instant.now());
      }

      TrackedRun whole = new TrackedRun(run, TrackedRun.WHOLE, "unused", experiment, "unused");
      assertThat(runs.of(whole)).extracting(MlflowRuns::key).containsExactlyInAnyOrder(keys);
    }
  }
}
