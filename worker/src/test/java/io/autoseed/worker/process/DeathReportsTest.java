package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.autoseed.infra.supervisor.ProcessIdentity;
import io.autoseed.workflows.Failures;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.common.v1.ActivityType;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a worker that starts says to the server, which is played here. */
class DeathReportsTest {
  private final WorkerIdentity self = WorkerIdentity.current("cpu");
  private final WorkerIdentity dead =
      new WorkerIdentity(
          new ProcessIdentity(self.process().pid(), self.process().startTicks() - 1),
          "host",
          "cpu",
          self.space());

  private final PlayedService service = new PlayedService();
  private PlayedTemporal server;
  private TemporalConnection temporal;

  @BeforeEach
  void connect() throws IOException {
    server = new PlayedTemporal(service);
    temporal = TemporalConnection.open(server.target(), "autoseed", self.toString());
  }

  @AfterEach
  void disconnect() {
    temporal.close();
    server.close();
  }

  @Test
  void whatADeadWorkerHeldIsReportedOnceOnWhateverPageItIs() {
    service.workflows = 120;
    service.held("110", held(1, dead));
    service.held("111", held(1, self));

    send();

    assertThat(service.reports).hasSize(1);
    RespondActivityTaskFailedByIdRequest report = service.reports.get(0);
    assertThat(report.getNamespace()).isEqualTo("autoseed");
    assertThat(report.getWorkflowId()).isEqualTo("110");
    assertThat(report.getRunId()).isEqualTo("run of 110");
    assertThat(report.getActivityId()).isEqualTo("17");
    assertThat(report.getIdentity()).isEqualTo(self.toString());
    assertThat(report.getFailure().getMessage()).isEqualTo("its worker " + dead.name() + " died");
    assertThat(report.getFailure().getApplicationFailureInfo().getType())
        .isEqualTo(Failures.WORKER_DIED);
    assertThat(report.getFailure().getApplicationFailureInfo().getNonRetryable()).isFalse();
  }

  @Test
  void whatALivingWorkerHasTakenUpMeanwhileIsLeftToIt() {
    service.workflows = 1;
    service.held("0", held(1, dead), held(2, self));

    send();

    assertThat(service.reports).isEmpty();
  }

  @Test
  void whatAnotherDeadWorkerHeldMeanwhileIsNotReportedInItsPlace() {
    service.workflows = 1;
    service.held("0", held(1, dead), held(2, dead));

    send();

    assertThat(service.reports).isEmpty();
  }

  @Test
  void aWorkflowThatIsGoneAndADeathThatIsKnownHoldNothingUp() {
    service.workflows = 3;
    service.held("1", held(1, dead));
    service.held("2", held(1, dead));
    service.gone = "0";
    service.known = "1";

    send();

    assertThat(service.reports)
        .extracting(RespondActivityTaskFailedByIdRequest::getWorkflowId)
        .containsExactly("1", "2");
  }

  @Test
  void whatANeighbourHeldIsReportedSoonAfterItsDeath(@TempDir Path folder) throws Exception {
    Process process = new ProcessBuilder("sleep", "600").start();
    WorkerIdentity other =
        new WorkerIdentity(
            ProcessIdentity.of(process.pid()).orElseThrow(), "host", "cpu", self.space());
    new Neighbours(folder, other).join();
    service.workflows = 1;
    service.held("0", held(1, other));

    new DeathReports(temporal.client(), self).start(Optional.of(new Neighbours(folder, self)));
    waitUntil(() -> service.described.get() > 0);
    assertThat(service.reports).isEmpty();
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);

    waitUntil(() -> !service.reports.isEmpty());
    assertThat(lastFailure().getMessage()).isEqualTo("its worker " + other.name() + " died");
  }

  private Failure lastFailure() {
    return service.reports.get(service.reports.size() - 1).getFailure();
  }

  private static void waitUntil(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(20);
    }
  }

  @Test
  void thereIsAnEndToHowManyWorkflowsAreAskedFor() {
    service.workflows = 5000;

    send();

    assertThat(service.described).hasValueBetween(100, 1000);
  }

  private void send() {
    new DeathReports(temporal.client(), self).send();
  }

  private static PendingActivityInfo held(int attempt, WorkerIdentity worker) {
    return PendingActivityInfo.newBuilder()
        .setActivityId("17")
        .setActivityType(ActivityType.newBuilder().setName("Adapt"))
        .setAttempt(attempt)
        .setState(PendingActivityState.PENDING_ACTIVITY_STATE_STARTED)
        .setLastWorkerIdentity(worker.toString())
        .build();
  }

  /** Workflows {@code 0, 1, ...}, some with an activity, which may change from look to look. */
  private static final class PlayedService extends PlayedTemporal.Service {
    final List<RespondActivityTaskFailedByIdRequest> reports = new CopyOnWriteArrayList<>();
    final AtomicInteger described = new AtomicInteger();
    final Map<String, List<PendingActivityInfo>> held = new ConcurrentHashMap<>();
    final Map<String, AtomicInteger> looks = new ConcurrentHashMap<>();
    volatile int workflows;
    volatile String gone = "";
    volatile String known = "";

    /**
     * @param looks the activity as it is at the first look, the second, and then on
     */
    void held(String workflow, PendingActivityInfo... looks) {
      held.put(workflow, List.of(looks));
    }

    @Override
    public void listWorkflowExecutions(
        ListWorkflowExecutionsRequest request,
        StreamObserver<ListWorkflowExecutionsResponse> answer) {
      assertThat(request.getQuery()).isEqualTo("ExecutionStatus = 'Running'");
      String token = request.getNextPageToken().toStringUtf8();
      int first = token.isEmpty() ? 0 : Integer.parseInt(token);
      int end = Math.min(workflows, first + request.getPageSize());
      ListWorkflowExecutionsResponse.Builder page = ListWorkflowExecutionsResponse.newBuilder();
      IntStream.range(first, end)
          .mapToObj(Integer::toString)
          .forEach(id -> page.addExecutions(info(execution(id))));
      if (end < workflows) {
        page.setNextPageToken(ByteString.copyFromUtf8(Integer.toString(end)));
      }
      answer.onNext(page.build());
      answer.onCompleted();
    }

    @Override
    public void describeWorkflowExecution(
        DescribeWorkflowExecutionRequest request,
        StreamObserver<DescribeWorkflowExecutionResponse> answer) {
      described.incrementAndGet();
      String id = request.getExecution().getWorkflowId();
      if (id.equals(gone)) {
        answer.onError(Status.NOT_FOUND.asRuntimeException());
        return;
      }
      DescribeWorkflowExecutionResponse.Builder workflow =
          DescribeWorkflowExecutionResponse.newBuilder()
              .setWorkflowExecutionInfo(info(request.getExecution()));
      List<PendingActivityInfo> states = held.getOrDefault(id, List.of());
      if (!states.isEmpty()) {
        int look = looks.computeIfAbsent(id, unseen -> new AtomicInteger()).getAndIncrement();
        workflow.addPendingActivities(states.get(Math.min(look, states.size() - 1)));
      }
      answer.onNext(workflow.build());
      answer.onCompleted();
    }

    @Override
    public void respondActivityTaskFailedById(
        RespondActivityTaskFailedByIdRequest request,
        StreamObserver<RespondActivityTaskFailedByIdResponse> answer) {
      reports.add(request);
      if (request.getWorkflowId().equals(known)) {
        answer.onError(Status.NOT_FOUND.asRuntimeException());
        return;
      }
      answer.onNext(RespondActivityTaskFailedByIdResponse.getDefaultInstance());
      answer.onCompleted();
    }

    private static WorkflowExecution execution(String id) {
      return WorkflowExecution.newBuilder().setWorkflowId(id).setRunId("run of " + id).build();
    }

    private static WorkflowExecutionInfo info(WorkflowExecution execution) {
      return WorkflowExecutionInfo.newBuilder().setExecution(execution).build();
    }
  }
}
