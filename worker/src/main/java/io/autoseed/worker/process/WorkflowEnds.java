package io.autoseed.worker.process;

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
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Studies whose workflow was cut short in Temporal, which could not write that down. Asks
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
    this.workflows = http + "/api/v1/namespaces/" + namespace + "/workflows/";
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
    try {
      HttpURLConnection connection =
          (HttpURLConnection)
              URI.create(workflows + URLEncoder.encode(workflow, StandardCharsets.UTF_8))
                  .toURL()
                  .openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      try (InputStream answer = connection.getInputStream()) {
        String status = JSON.readTree(answer).at("/workflowExecutionInfo/status").asText();
        return Optional.ofNullable(CUT_SHORT.get(status));
      }
    } catch (IOException e) {
      LOG.debug("Temporal did not describe workflow {}", workflow, e);
      return Optional.empty();
    }
  }
}
