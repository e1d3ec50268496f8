package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.client.WorkflowException;
import io.temporal.client.WorkflowStub;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What callers notice of a service that is stopping. */
class TemporalConnectionTest {
  private Server server;

  /** Answers a client's first question, and no other. */
  private static final class StoppingService extends WorkflowServiceImplBase {
    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
      answer.onNext(GetSystemInfoResponse.getDefaultInstance());
      answer.onCompleted();
    }

    @Override
    public void describeWorkflowExecution(
        DescribeWorkflowExecutionRequest request,
        StreamObserver<DescribeWorkflowExecutionResponse> answer) {
      answer.onError(Status.UNAVAILABLE.asRuntimeException());
    }
  }

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .addService(new StoppingService())
            .build()
            .start();
  }

  @AfterEach
  void stop() {
    server.shutdownNow();
  }

  @Test
  void whoAsksAgainAnywayIsToldSoonThatTheServiceIsAway() {
    String target = "127.0.0.1:" + server.getPort();
    long before = System.nanoTime();
    try (TemporalConnection looking =
        TemporalConnection.open(target, "autoseed", "test", Duration.ofMillis(200))) {
      WorkflowStub workflow = looking.client().newUntypedWorkflowStub("grid-1");
      assertThatThrownBy(workflow::describe).isInstanceOf(WorkflowException.class);
    }
    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .as("a minute if its client insisted")
        .isLessThan(Duration.ofSeconds(40));
  }
}
