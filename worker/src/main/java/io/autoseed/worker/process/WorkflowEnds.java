package io.autoseed.worker.process;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.infra.stack.StackAddresses;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Studies and runs whose workflow was cut short in Temporal, which could not write that down. Asks
 * Temporal's HTTP port: its first answer to a fresh process comes a second before that of gRPC.
 * Thread-safe.
 */
public final class WorkflowEnds {
  private static final Logger LOG = LoggerFactory.getLogger(WorkflowEnds.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TIMEOUT_MILLIS = 2000;

  /**
   * The ends of a workflow that has not written its end to the catalog, by the names of {@link
   * io.temporal.api.enums.v1.WorkflowExecutionStatus}, in words.
   */
  static final Map<String, String> CUT_SHORT =
      Map.of(
          "WORKFLOW_EXECUTION_STATUS_TERMINATED", "terminated",
          "WORKFLOW_EXECUTION_STATUS_TIMED_OUT", "timed out",
          "WORKFLOW_EXECUTION_STATUS_FAILED", "failed");

  private final String workflows;

  public WorkflowEnds(StackAddresses stack) {
    this(stack.temporalHttp(), stack.temporalNamespace());
  }

  /**
   * @param http base of Temporal's HTTP API
   */
  WorkflowEnds(String http, String namespace) {
    this.workflows = http + "/api/v1/namespaces/" + namespace + "/workflows";
  }

  /**
   * The study as it is: failed, if its workflow was cut short. As it was recorded if it has a run
   * under way, or if Temporal does not say otherwise within seconds.
   */
  public StudyStanding seen(StudyStanding recorded) {
    return recorded.open() && recorded.running() == 0
        ? cutShort(recorded.study())
            .map(end -> recorded.failed("its workflow ended in Temporal: " + end))
            .orElse(recorded)
        : recorded;
  }

  private Optional<String> cutShort(String workflow) {
    return answer("/" + URLEncoder.encode(workflow, StandardCharsets.UTF_8))
        .map(answer -> answer.at("/workflowExecutionInfo/status").asText())
        .map(CUT_SHORT::get);
  }

  /**
   * How those of some workflows ended that were cut short, such as {@code terminated}, by their
   * ids; nothing of those that go on after a reset. Empty if Temporal does not say so within
   * seconds. One request.
   */
  public Map<String, String> cutShort(Collection<String> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    String query =
        "WorkflowId IN (%s) AND ExecutionStatus IN ('Running', 'Terminated', 'TimedOut', 'Failed')"
            .formatted(ids.stream().map(id -> "'" + id + "'").collect(Collectors.joining(", ")));
    return answer("?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8))
        .map(WorkflowEnds::ends)
        .orElse(Map.of());
  }

  private static Map<String, String> ends(JsonNode listed) {
    Map<String, String> ends = new HashMap<>();
    Set<String> open = new HashSet<>();
    for (JsonNode execution : listed.at("/executions")) {
      String workflow = execution.at("/execution/workflowId").asText();
      String end = CUT_SHORT.get(execution.at("/status").asText());
      if (end == null) {
        open.add(workflow);
      } else {
        ends.putIfAbsent(workflow, end); // of several executions the newest comes first
      }
    }
    ends.keySet().removeAll(open);
    return ends;
  }

  /** Empty if there is none within seconds. */
  private Optional<JsonNode> answer(String question) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create(workflows + question).toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream answer = connection.getInputStream()) {
        return Optional.of(JSON.readTree(answer));
      }
    } catch (IOException e) {
      LOG.debug("Temporal did not answer {}{}", workflows, question, e);
      return Optional.empty();
    }
  }
}
