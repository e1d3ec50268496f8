package io.autoseed.worker.process;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceBlockingStub;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Questions to the Temporal server that it answers soon or not at all. */
public final class BriefQuestions {
  private final WorkflowClient client;
  private final Duration patience;

  /**
   * @param patience with each question
   */
  public BriefQuestions(WorkflowClient client, Duration patience) {
    this.client = client;
    this.patience = patience;
  }

  /**
   * The newest execution of a workflow and what it waits for.
   *
   * @throws io.grpc.StatusRuntimeException of the code {@code NOT_FOUND} if the server has none; of
   *     others if it does not answer
   */
  public DescribeWorkflowExecutionResponse describe(String workflow) {
    return stub()
        .describeWorkflowExecution(
            question(WorkflowExecution.newBuilder().setWorkflowId(workflow).build()));
  }

  /** The same of one execution, without waiting; it fails as {@link #describe} does. */
  Future<DescribeWorkflowExecutionResponse> ask(WorkflowExecution execution) {
    return client
        .getWorkflowServiceStubs()
        .futureStub()
        .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS)
        .describeWorkflowExecution(question(execution));
  }

  private DescribeWorkflowExecutionRequest question(WorkflowExecution execution) {
    return DescribeWorkflowExecutionRequest.newBuilder()
        .setNamespace(namespace())
        .setExecution(execution)
        .build();
  }

  String namespace() {
    return client.getOptions().getNamespace();
  }

  /** For one call, which has to be made now. */
  WorkflowServiceBlockingStub stub() {
    return client
        .getWorkflowServiceStubs()
        .blockingStub()
        .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
  }
}
