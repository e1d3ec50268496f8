package io.autoseed.worker.process;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a run, or what a study does beside its runs, does not get on, as the Temporal server knows
 * it; no worker is needed to ask.
 */
public final class RunTrouble {
  private static final Logger LOG = LoggerFactory.getLogger(RunTrouble.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** The newest events of a history: enough to reach the activity before a pause. */
  private static final int EVENTS = 10;

  private final BriefQuestions questions;

  public RunTrouble(WorkflowClient client) {
    this.questions = new BriefQuestions(client, PATIENCE);
  }

  /**
   * How the last attempt at what the run waits for ended, in one line, if it failed and is tried
   * again, or that its workflow was cut short or never began; empty if nothing failed, or if the
   * server does not say so within seconds.
   */
  public Optional<String> of(String run) {
    try {
      Optional<DescribeWorkflowExecutionResponse> described = newest(run);
      if (described.filter(workflow -> !cutShort(workflow)).isEmpty()) {
        return Optional.of(
            "Temporal has no open workflow of it: autoseed cancel %s ends it".formatted(run));
      }
      return Stream.concat(described.stream(), described.stream().flatMap(this::children))
          .flatMap(workflow -> trouble(workflow).stream())
          .findFirst();
    } catch (StatusRuntimeException e) {
      LOG.debug("Temporal did not describe run {}", run, e);
      return Optional.empty();
    }
  }

  private Stream<DescribeWorkflowExecutionResponse> children(
      DescribeWorkflowExecutionResponse workflow) {
    return workflow.getPendingChildrenList().stream()
        .map(PendingChildExecutionInfo::getWorkflowId)
        .flatMap(child -> newest(child).stream());
  }

  /** The newest execution of a workflow; empty if the server has none. */
  private Optional<DescribeWorkflowExecutionResponse> newest(String workflow) {
    try {
      return Optional.of(questions.describe(workflow));
    } catch (StatusRuntimeException e) {
      if (e.getStatus().getCode() == Status.Code.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean cutShort(DescribeWorkflowExecutionResponse workflow) {
    return WorkflowEnds.CUT_SHORT.containsKey(
        workflow.getWorkflowExecutionInfo().getStatus().name());
  }

  private Optional<String> trouble(DescribeWorkflowExecutionResponse workflow) {
    return workflow.getPendingActivitiesCount() == 0
        ? beforePause(workflow.getWorkflowExecutionInfo().getExecution())
        : workflow.getPendingActivitiesList().stream()
            .filter(PendingActivityInfo::hasLastFailure)
            .findFirst()
            .map(RunTrouble::line);
  }

  private static String line(PendingActivityInfo activity) {
    return words(activity.getActivityType().getName())
        + ", attempt "
        + activity.getAttempt()
        + ", after: "
        + line(activity.getLastFailure());
  }

  /** Such as {@code seed update} for {@code SeedUpdate}. */
  private static String words(String type) {
    return type.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String line(Failure failure) {
    return failure.getMessage().lines().findFirst().orElse("no reason given");
  }

  /** A workflow that waits before it asks for an activity again has nothing pending. */
  private Optional<String> beforePause(WorkflowExecution workflow) {
    for (HistoryEvent event : newestEvents(workflow)) {
      if (event.hasActivityTaskFailedEventAttributes()) {
        return Optional.of(
            "tried again soon, after: "
                + line(event.getActivityTaskFailedEventAttributes().getFailure()));
      }
      if (event.hasActivityTaskCompletedEventAttributes()) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private Iterable<HistoryEvent> newestEvents(WorkflowExecution workflow) {
    return questions
        .stub()
        .getWorkflowExecutionHistoryReverse(
            GetWorkflowExecutionHistoryReverseRequest.newBuilder()
                .setNamespace(questions.namespace())
                .setExecution(workflow)
                .setMaximumPageSize(EVENTS)
                .build())
        .getHistory()
        .getEventsList();
  }
}
