package io.autoseed.worker.process;

import com.google.protobuf.Timestamp;
import io.autoseed.workflows.TaskQueues;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.deployment.v1.WorkerDeploymentInfo;
import io.temporal.api.deployment.v1.WorkerDeploymentInfo.WorkerDeploymentVersionSummary;
import io.temporal.api.workflowservice.v1.DescribeWorkerDeploymentRequest;
import io.temporal.api.workflowservice.v1.SetWorkerDeploymentCurrentVersionRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.common.VersioningBehavior;
import io.temporal.common.WorkerDeploymentVersion;
import io.temporal.worker.WorkerDeploymentOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The build that a worker says it is. A run then stays with workers of the build that began its
 * history, and goes to the newest build when it continues as new. Only workflows are held to a
 * build; phases are computed by any worker, for their keys say what computes them.
 */
final class WorkerBuild {
  /** Names the build; without it a worker has none and takes every run. */
  static final String VARIABLE = "AUTOSEED_BUILD";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long PERIOD_MILLIS = 200;

  private final WorkerDeploymentVersion version;

  private WorkerBuild(WorkerDeploymentVersion version) {
    this.version = version;
  }

  /**
   * @param profile workers of one profile are one deployment
   * @throws IllegalArgumentException with one line if the build's name is none
   */
  static Optional<WorkerBuild> of(Map<String, String> environment, String profile) {
    String build = environment.getOrDefault(VARIABLE, "");
    if (build.isEmpty()) {
      return Optional.empty();
    }
    if (!build.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new IllegalArgumentException(
          VARIABLE
              + ": found '"
              + build
              + "'; use up to 100 letters, digits, dots, dashes and underscores");
    }
    return Optional.of(
        new WorkerBuild(new WorkerDeploymentVersion(TaskQueues.control(profile), build)));
  }

  /** For the worker that performs workflows. */
  WorkerDeploymentOptions options() {
    return WorkerDeploymentOptions.newBuilder()
        .setVersion(version)
        .setUseVersioning(true)
        .setDefaultVersioningBehavior(VersioningBehavior.PINNED)
        .build();
  }

  /**
   * Gives new runs, and runs that continue as new, to this build, unless a younger one has them: an
   * old build's worker that is started again takes nothing back. The worker must poll already.
   *
   * @throws IllegalStateException if the server does not know the build after half a minute
   */
  void takeOver(WorkflowClient client) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!tookOver(client)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "Temporal does not know build "
                + version
                + " after "
                + PATIENCE.toSeconds()
                + " s: does this server know worker deployments (1.29.1 or newer)?");
      }
      TimeUnit.MILLISECONDS.sleep(PERIOD_MILLIS);
    }
  }

  private boolean tookOver(WorkflowClient client) {
    try {
      WorkerDeploymentInfo known = describe(client);
      String current = known.getRoutingConfig().getCurrentDeploymentVersion().getBuildId();
      Optional<Instant> mine = born(known, version.getBuildId());
      if (mine.isEmpty()) {
        return false;
      }
      boolean younger =
          born(known, current).filter(other -> !other.isBefore(mine.get())).isPresent();
      if (!younger) {
        makeCurrent(client);
      }
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND
          || e.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
        return false; // its polls have not reached the deployment yet
      }
      throw e;
    }
  }

  private WorkerDeploymentInfo describe(WorkflowClient client) {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .describeWorkerDeployment(
            DescribeWorkerDeploymentRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setDeploymentName(version.getDeploymentName())
                .build())
        .getWorkerDeploymentInfo();
  }

  private static Optional<Instant> born(WorkerDeploymentInfo known, String build) {
    return known.getVersionSummariesList().stream()
        .filter(summary -> summary.getDeploymentVersion().getBuildId().equals(build))
        .map(WorkerDeploymentVersionSummary::getCreateTime)
        .map(WorkerBuild::instant)
        .findFirst();
  }

  private static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  private void makeCurrent(WorkflowClient client) {
    client
        .getWorkflowServiceStubs()
        .blockingStub()
        .setWorkerDeploymentCurrentVersion(
            SetWorkerDeploymentCurrentVersionRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setDeploymentName(version.getDeploymentName())
                .setBuildId(version.getBuildId())
                .setIdentity(client.getOptions().getIdentity())
                .build());
  }

  @Override
  public String toString() {
    return version.getBuildId();
  }
}
