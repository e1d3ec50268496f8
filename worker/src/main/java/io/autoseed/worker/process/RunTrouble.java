package io.autoseed.worker.process;

import com.google.protobuf.util.Timestamps;
import io.autoseed.activities.phase.LoopProgress;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.enums.v1.PendingActivityState;
import io.temporal.api.failure.v1.Failure;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflow.v1.PendingChildExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.GetWorkflowExecutionHistoryReverseRequest;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a run, or what a study does beside its runs, does not get on, or how far it is in a phase, as
 * the Temporal server knows it; no worker is needed to ask.
 */
public final class RunTrouble {
  private static final Logger LOG = LoggerFactory.getLogger(RunTrouble.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Workers that are free take an activity within this time. */
  private static final Duration SOON = Duration.ofSeconds(3);

  /** The newest events of a history: enough to reach the activity before a pause. */
  private static final int EVENTS = 10;

  private final BriefQuestions questions;
  private final Function<String, List<String>> atWork;

  /**
   * @param atWork other runs that workers which could take a run's phases are at
   */
  public RunTrouble(WorkflowClient client, Function<String, List<String>> atWork) {
    this.questions = new BriefQuestions(client, PATIENCE);
    this.atWork = atWork;
  }

  /** As it is now; {@link Standstill#NONE} if the server does not say so within seconds. */
  public Standstill of(String run) {
    try {
      Optional<DescribeWorkflowExecutionResponse> described = newest(run);
      if (described.filter(workflow -> !cutShort(workflow)).isEmpty()) {
        return Standstill.of(
            "Temporal has no open workflow of it: autoseed cancel %s ends it".formatted(run));
      }
      List<DescribeWorkflowExecutionResponse> workflows =
          Stream.concat(described.stream(), described.stream().flatMap(this::children)).toList();
      String trouble =
          workflows.stream()
              .flatMap(workflow -> trouble(workflow).stream())
              .findFirst()
              .orElse(null);
      Optional<Duration> queued = queued(workflows);
      Optional<LoopProgress> loop = loop(workflows);
      return new Standstill(
          trouble,
          queued.map(time -> time.toMillis() / 1e3).orElse(null),
          queued.isPresent() ? atWork.apply(run) : List.of(),
          loop.map(LoopProgress::step).orElse(null),
          loop.map(LoopProgress::steps).orElse(null),
          started(workflows)
              .findFirst()
              .map(PendingActivityInfo::getLastWorkerIdentity)
              .map(identity -> identity.split(" ", 2)[0])
              .filter(worker -> !worker.isEmpty())
              .orElse(null));
    } catch (StatusRuntimeException e) {
      LOG.debug("Temporal did not describe run {}", run, e);
      return Standstill.NONE;
    }
  }

  /**
   * For how long the activity that has waited longest could have been taken; empty if a worker has
   * one of them, or none of them has waited for longer than workers take to ask.
   */
  private static Optional<Duration> queued(List<DescribeWorkflowExecutionResponse> workflows) {
    List<PendingActivityInfo> pending =
        workflows.stream().flatMap(each -> each.getPendingActivitiesList().stream()).toList();
    if (!pending.stream().allMatch(RunTrouble::scheduled)) {
      return Optional.empty();
    }
    long now = System.currentTimeMillis();
    return pending.stream()
        .map(each -> Duration.ofMillis(now - Timestamps.toMillis(each.getScheduledTime())))
        .filter(time -> time.compareTo(SOON) > 0)
        .max(Comparator.naturalOrder());
  }

  /** How far the phase with steps is that a worker has; empty if there is none. */
  private static Optional<LoopProgress> loop(List<DescribeWorkflowExecutionResponse> workflows) {
    return started(workflows)
        .map(Beat::ofThisAttempt)
        .filter(progress -> progress.steps() > 0)
        .findFirst();
  }

  /** What workers are at. */
  private static Stream<PendingActivityInfo> started(
      List<DescribeWorkflowExecutionResponse> workflows) {
    return workflows.stream()
        .flatMap(each -> each.getPendingActivitiesList().stream())
        .filter(each -> each.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_STARTED);
  }

  /** Not taken by a worker; before another attempt its time lies ahead. */
  private static boolean scheduled(PendingActivityInfo activity) {
    return activity.getState() == PendingActivityState.PENDING_ACTIVITY_STATE_SCHEDULED
        && activity.hasScheduledTime();
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
