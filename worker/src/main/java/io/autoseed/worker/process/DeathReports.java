package io.autoseed.worker.process;

import com.google.protobuf.ByteString;
import io.autoseed.workflows.Failures;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsResponse;
import io.temporal.api.workflowservice.v1.RespondActivityTaskFailedByIdRequest;
import io.temporal.client.WorkflowClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the server of workers that have died on this machine, so that what they were at is tried
 * again at once. By itself the server notices a death when the heartbeat timeout has passed. A
 * worker does this as soon as it starts, for the supervisor starts one right after a death, and
 * whenever it has seen a neighbour die ({@link Neighbours}).
 *
 * <p>Reported failed is every activity under way whose worker was a process of this boot and pid
 * namespace that lives no more; the worker's identity says which ({@link WorkerIdentity}). So
 * neither what this process or any other living one is at, nor what a stopped one is at, nor that
 * of a worker elsewhere or of one that says less of itself: for these the heartbeat timeout stands.
 * Runs, their tasks and studies of all profiles are asked for, one call each, up to a bound.
 *
 * <p>The server fails whatever attempt is under way when such a report arrives. So the activity is
 * looked at again right before, and reported only if the same attempt still has it and the answer
 * came fast. What is left is a moment in which the server, or another worker, may have noticed the
 * death too, and a living worker have begun the next attempt: that one is then cut short. Even a
 * report that is wrong altogether costs no more than what an attempt has done since its checkpoint:
 * its phase goes on elsewhere, and what counts hangs on tokens and the manifest, not on who was
 * told to stop (see {@code PhaseCommit}).
 *
 * <p>Such a failure is no hardship of a phase and no attempt that counts against it: workers may
 * die as often as they like, unless it is the phase that kills them ({@link DeathCount}).
 */
final class DeathReports {
  private static final Logger LOG = LoggerFactory.getLogger(DeathReports.class);

  private static final String RUNNING = "ExecutionStatus = 'Running'";

  /** Asked for at once; the newest first, among which are the tasks of runs. */
  private static final int PAGE = 50;

  private static final int MOST_WORKFLOWS = 1000;

  /** An older answer than this may be wrong by now. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private static final int LOOKS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** As long as the heartbeat timeout that runs have by default: then the server knows. */
  private static final int TRIES = 10;

  private final WorkflowClient client;
  private final BriefQuestions questions;
  private final WorkerIdentity self;

  DeathReports(WorkflowClient client, WorkerIdentity self) {
    this.client = client;
    this.questions = new BriefQuestions(client, PATIENCE);
    this.self = self;
  }

  /**
   * Begins in a thread of its own, which keeps nothing waiting and ends with the process.
   *
   * @param neighbours to be watched from then on, if there can be any
   */
  void start(Optional<Neighbours> neighbours) {
    Thread thread = new Thread(() -> work(neighbours), "death-reports");
    thread.setDaemon(true);
    thread.start();
  }

  private void work(Optional<Neighbours> neighbours) {
    try {
      sendOnceServed();
      if (neighbours.isPresent()) {
        watch(neighbours.get());
      }
    } catch (IOException e) {
      LOG.info("watches the other workers no more: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch(Neighbours neighbours) throws IOException, InterruptedException {
    while (true) {
      TimeUnit.SECONDS.sleep(1);
      if (neighbours.lostOne()) {
        sendOnceServed();
      }
    }
  }

  /** Waits some seconds for a server that is away. */
  private void sendOnceServed() throws InterruptedException {
    for (int i = 1; i <= TRIES; i++) {
      try {
        send();
        LOG.info("looked at what dead workers held");
        return;
      } catch (StatusRuntimeException e) {
        LOG.info("Temporal does not say what dead workers were at: {}", e.getStatus());
      }
      TimeUnit.SECONDS.sleep(1);
    }
  }

  /**
   * Looks at the workflows under way and reports what dead workers hold.
   *
   * @throws StatusRuntimeException if the server does not answer
   */
  void send() {
    ByteString next = ByteString.EMPTY;
    int asked = 0;
    do {
      ListWorkflowExecutionsResponse page = running(next);
      List<Future<DescribeWorkflowExecutionResponse>> descriptions =
          page.getExecutionsList().stream()
              .map(info -> questions.ask(info.getExecution()))
              .toList();
      descriptions.stream()
          .flatMap(description -> answer(description).stream())
          .flatMap(workflow -> abandoned(workflow).stream())
          .forEach(this::report);
      asked += descriptions.size();
      next = page.getNextPageToken();
    } while (!next.isEmpty() && asked < MOST_WORKFLOWS);
  }

  private ListWorkflowExecutionsResponse running(ByteString page) {
    return questions
        .stub()
        .listWorkflowExecutions(
            ListWorkflowExecutionsRequest.newBuilder()
                .setNamespace(questions.namespace())
                .setQuery(RUNNING)
                .setPageSize(PAGE)
                .setNextPageToken(page)
                .build());
  }

  /** The server's answer; empty if the workflow has ended and is forgotten. */
  private static Optional<DescribeWorkflowExecutionResponse> answer(
      Future<DescribeWorkflowExecutionResponse> asked) {
    try {
      return Optional.of(asked.get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StatusRuntimeException trouble) {
        if (trouble.getStatus().getCode() == Status.Code.NOT_FOUND) {
          return Optional.empty();
        }
        throw trouble;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Status.CANCELLED.withDescription("interrupted").withCause(e).asRuntimeException();
    }
  }

  private List<AbandonedActivity> abandoned(DescribeWorkflowExecutionResponse workflow) {
    return AbandonedActivity.of(workflow, worker -> worker.died(self));
  }

  /** Nothing slow stands between the last look and the report. */
  private void report(AbandonedActivity activity) {
    RespondActivityTaskFailedByIdRequest report = failed(activity);
    for (int i = 0; i < LOOKS; i++) {
      long asked = System.nanoTime();
      if (answer(questions.ask(activity.workflow()))
          .filter(now -> abandoned(now).contains(activity))
          .isEmpty()) {
        return;
      }
      if (System.nanoTime() - asked <= FRESH.toNanos()) {
        respond(activity, report);
        return;
      }
    }
  }

  private RespondActivityTaskFailedByIdRequest failed(AbandonedActivity activity) {
    Failure failure =
        client
            .getOptions()
            .getDataConverter()
            .exceptionToFailure(Failures.workerDied(activity.worker().name()));
    return RespondActivityTaskFailedByIdRequest.newBuilder()
        .setNamespace(questions.namespace())
        .setWorkflowId(activity.workflow().getWorkflowId())
        .setRunId(activity.workflow().getRunId())
        .setActivityId(activity.id())
        .setIdentity(client.getOptions().getIdentity())
        .setFailure(failure)
        .build();
  }

  private void respond(AbandonedActivity activity, RespondActivityTaskFailedByIdRequest report) {
    try {
      questions.stub().respondActivityTaskFailedById(report);
      LOG.info("told Temporal that {} died in {}", activity.worker().name(), activity.describe());
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() != Status.Code.NOT_FOUND) {
        throw e;
      }
      // Somebody else noticed the death at the same moment.
    }
  }
}
