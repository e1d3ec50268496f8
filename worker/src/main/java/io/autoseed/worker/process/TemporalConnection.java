package io.autoseed.worker.process;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.TaskQueueType;
import io.temporal.api.taskqueue.v1.PollerInfo;
import io.temporal.api.taskqueue.v1.TaskQueue;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueRequest;
import io.temporal.api.workflowservice.v1.DescribeTaskQueueResponse;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.RpcRetryOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the Temporal service, in one namespace. */
public final class TemporalConnection implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporalConnection.class);

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String target;
  private final WorkflowServiceStubs service;
  private final WorkflowClient client;

  private TemporalConnection(String target, WorkflowServiceStubs service, WorkflowClient client) {
    this.target = target;
    this.service = service;
    this.client = client;
  }

  /**
   * Connects at the first call. A call is tried again for a minute while the service is away.
   *
   * @param target host and port of the gRPC service
   * @param identity names this process in the histories
   */
  public static TemporalConnection open(String target, String namespace, String identity) {
    return open(target, namespace, identity, WorkflowServiceStubsOptions.newBuilder());
  }

  /**
   * The same for those who ask again anyway.
   *
   * @param patience for which a call is tried again
   */
  static TemporalConnection open(
      String target, String namespace, String identity, Duration patience) {
    return open(
        target,
        namespace,
        identity,
        WorkflowServiceStubsOptions.newBuilder()
            .setRpcRetryOptions(RpcRetryOptions.newBuilder().setExpiration(patience).build()));
  }

  private static TemporalConnection open(
      String target,
      String namespace,
      String identity,
      WorkflowServiceStubsOptions.Builder options) {
    WorkflowServiceStubs service =
        WorkflowServiceStubs.newServiceStubs(
            options
                .setTarget(target)
                .setConnectionBackoffResetFrequency(Duration.ofSeconds(1))
                .build());
    WorkflowClient client =
        WorkflowClient.newInstance(
            service,
            WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setIdentity(identity)
                .build());
    return new TemporalConnection(target, service, client);
  }

  public WorkflowClient client() {
    return client;
  }

  /** Whether a workflow of that id was started and is not forgotten yet; open or closed. */
  public boolean knows(String workflow) {
    try {
      service
          .blockingStub()
          .describeWorkflowExecution(
              DescribeWorkflowExecutionRequest.newBuilder()
                  .setNamespace(client.getOptions().getNamespace())
                  .setExecution(WorkflowExecution.newBuilder().setWorkflowId(workflow))
                  .build());
      return true;
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return false;
      }
      throw new IllegalStateException(
          "Temporal at "
              + target
              + " does not say whether it knows "
              + workflow
              + ": "
              + e.getStatus()
              + "; autoseed status says more",
          e);
    }
  }

  /**
   * Whether a worker has asked for workflow tasks of that queue in the last minutes; empty if the
   * service does not say so within seconds.
   */
  public Optional<Boolean> polled(String taskQueue) {
    try {
      return Optional.of(pollers(taskQueue) > 0);
    } catch (StatusRuntimeException e) {
      LOG.debug("Temporal at {} did not describe the queue {}", target, taskQueue, e);
      return Optional.empty();
    }
  }

  /**
   * How many worker processes have asked for activities of that queue in the last minutes; empty if
   * the service does not say so within seconds.
   */
  public OptionalInt computing(String taskQueue) {
    try {
      return OptionalInt.of(
          (int)
              described(taskQueue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY).getPollersList().stream()
                  .map(PollerInfo::getIdentity)
                  .distinct()
                  .count());
    } catch (StatusRuntimeException e) {
      LOG.debug("Temporal at {} did not describe the queue {}", target, taskQueue, e);
      return OptionalInt.empty();
    }
  }

  private int pollers(String taskQueue) {
    return described(taskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW).getPollersCount();
  }

  private DescribeTaskQueueResponse described(String taskQueue, TaskQueueType type) {
    return service
        .blockingStub()
        .withDeadlineAfter(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .describeTaskQueue(
            DescribeTaskQueueRequest.newBuilder()
                .setNamespace(client.getOptions().getNamespace())
                .setTaskQueue(TaskQueue.newBuilder().setName(taskQueue))
                .setTaskQueueType(type)
                .build());
  }

  /** Returns once the service answers: a worker started before it, or while it is away, waits. */
  public void awaitService() throws InterruptedException {
    while (true) {
      try {
        service.blockingStub().getSystemInfo(GetSystemInfoRequest.getDefaultInstance());
        return;
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNAVAILABLE
            && e.getStatus().getCode() != Status.Code.DEADLINE_EXCEEDED) {
          throw new IllegalStateException(
              "Temporal at " + target + " refused the connection: " + e.getStatus(), e);
        }
        LOG.info("waits for Temporal at {}", target);
        TimeUnit.MILLISECONDS.sleep(300);
      }
    }
  }

  @Override
  public void close() {
    service.shutdownNow();
    service.awaitTermination(1, TimeUnit.SECONDS);
  }
}
