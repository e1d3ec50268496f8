package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers notice of a service that is stopping. */
class TemporalConnectionTest {
  private PlayedTemporal server;

  private static final class StoppingService extends PlayedTemporal.Service {
    @Override
    public void describeWorkflowExecution(
        DescribeWorkflowExecutionRequest request,
        StreamObserver<DescribeWorkflowExecutionResponse> answer) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = new PlayedTemporal(new StoppingService());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void whoAsksAgainAnywayIsToldSoonThatTheServiceIsAway() {
    long before = System.nanoTime();
    try (TemporalConnection looking =
        TemporalConnection.open(server.target(), "autoseed", "test", Duration.ofMillis(200))) {
      WorkflowStub workflow = looking.client().newUntypedWorkflowStub("grid-1");
      assertThatThrownBy(workflow::describe).isInstanceOf(WorkflowException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .as("a minute if its client insisted")
        .isLessThan(Duration.ofSeconds(40));
  }
}
