package io.autoseed.bench;

import com.google.protobuf.Timestamp;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.SearchAttributes;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Durations as a workflow's history states them, in the server's time. */
final class EventTimes {
  private EventTimes() {}

  /** Seconds since the epoch. */
  static double seconds(HistoryEvent event) {
    Timestamp time = event.getEventTime();
    return time.getSeconds() + time.getNanos() / 1e9;
  }

  /** Seconds from the first event to the last. */
  static double total(List<HistoryEvent> events) {
    return seconds(events.get(events.size() - 1)) - seconds(events.get(0));
  }

  /**
   * Seconds that each phase of a task took, from the moment the workflow turned to it until it
   * turned to the next or ended: activities, queues and workflow tasks included.
   */
  static Map<Phase, Double> phases(List<HistoryEvent> events) {
    Map<Phase, Double> phases = new EnumMap<>(Phase.class);
    Phase phase = null;
    double since = 0;
    for (HistoryEvent event : events) {
      boolean turned = event.hasUpsertWorkflowSearchAttributesEventAttributes();
      if (phase != null && (turned || event.hasWorkflowExecutionCompletedEventAttributes())) {
        phases.put(phase, seconds(event) - since);
      }
      if (turned) {
        phase = phase(event);
        since = seconds(event);
      }
    }
    return phases;
  }

  private static Phase phase(HistoryEvent event) {
    String value =
        event
            .getUpsertWorkflowSearchAttributesEventAttributes()
            .getSearchAttributes()
            .getIndexedFieldsOrThrow(SearchAttributes.PHASE.getName())
            .getData()
            .toStringUtf8();
    return Phase.valueOf(value.replace("\"", "").replace("[", "").replace("]", ""));
  }

  /** Seconds between one activity's scheduling and the next one's, in order. */
  static List<Double> betweenActivities(List<HistoryEvent> events) {
    List<Double> between = new ArrayList<>();
    double since = Double.NaN;
    for (HistoryEvent event : events) {
      if (event.hasActivityTaskScheduledEventAttributes()) {
        if (!Double.isNaN(since)) {
          between.add(seconds(event) - since);
        }
        since = seconds(event);
      }
    }
    return between;
  }
}
