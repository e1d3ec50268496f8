package io.autoseed.bench;

import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The histories of a workflow that continued as new, the newest first.
 *
 * @param events of each history
 * @param bytes of each history, as the server sends it
 */
public record HistoryChain(List<Integer> events, List<Long> bytes) {
  public HistoryChain {
    events = List.copyOf(events);
    bytes = List.copyOf(bytes);
  }

  /** Follows a workflow back to its first history. */
  public static HistoryChain of(WorkflowClient client, String workflow) {
    return of(client, workflow, event -> true);
  }

  /**
   * The same, of what the workflow did: without the workflow tasks in which a worker did it, of
   * which there are the fewer the slower it is.
   */
  public static HistoryChain withoutWorkflowTasks(WorkflowClient client, String workflow) {
    return of(client, workflow, event -> !event.getEventType().name().contains("WORKFLOW_TASK_"));
  }

  private static HistoryChain of(
      WorkflowClient client, String workflow, Predicate<HistoryEvent> counted) {
    List<Integer> events = new ArrayList<>();
    List<Long> bytes = new ArrayList<>();
    List<HistoryEvent> history = client.fetchHistory(workflow).getEvents();
    while (true) {
      List<HistoryEvent> kept = history.stream().filter(counted).toList();
      events.add(kept.size());
      bytes.add(kept.stream().mapToLong(HistoryEvent::getSerializedSize).sum());
      String before =
          history.get(0).getWorkflowExecutionStartedEventAttributes().getContinuedExecutionRunId();
      if (before.isEmpty()) {
        return new HistoryChain(events, bytes);
      }
      history = client.fetchHistory(workflow, before).getEvents();
    }
  }

  /** Events of the longest history. */
  public int mostEvents() {
    return events.stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  long mostBytes() {
    return bytes.stream().mapToLong(Long::longValue).max().orElse(0);
  }
}
