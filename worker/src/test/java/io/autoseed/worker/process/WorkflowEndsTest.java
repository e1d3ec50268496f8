package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.report.RunList;
import io.autoseed.worker.report.RunSummary;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of the answers of Temporal's HTTP port, which is played here. */
class WorkflowEndsTest {
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int code = 200;
  private volatile String answer = "";
  private HttpServer server;
  private WorkflowEnds ends;

  @BeforeEach
  void serve() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestURI().toString());
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(code, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    ends = new WorkflowEnds("http://127.0.0.1:" + server.getAddress().getPort(), "autoseed");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aStudyWhoseWorkflowWasCutShortHasFailed() {
    status("WORKFLOW_EXECUTION_STATUS_TERMINATED");

    StudyStanding seen = ends.seen(standing("RUNNING", 0));

    assertThat(seen.state()).isEqualTo("FAILED");
    assertThat(seen.failure()).isEqualTo("its workflow ended in Temporal: terminated");
    assertThat(seen.done()).isEqualTo(3);
    assertThat(asked).containsExactly("/api/v1/namespaces/autoseed/workflows/grid-1a2b");
  }

  @Test
  void aStudyWhoseWorkflowGoesOnOrEndedInOrderIsAsItWasRecorded() {
    StudyStanding recorded = standing("RUNNING", 0);

    status("WORKFLOW_EXECUTION_STATUS_RUNNING");
    assertThat(ends.seen(recorded)).isSameAs(recorded);
    status("WORKFLOW_EXECUTION_STATUS_COMPLETED");
    assertThat(ends.seen(recorded)).isSameAs(recorded);
  }

  @Test
  void anAnswerThatSaysNothingLeavesItAsItWasRecorded() {
    StudyStanding recorded = standing("SUBMITTED", 0);

    code = 404;
    status("WORKFLOW_EXECUTION_STATUS_TERMINATED");
    assertThat(ends.seen(recorded)).isSameAs(recorded);
    code = 200;
    answer = "an error page";
    assertThat(ends.seen(recorded)).isSameAs(recorded);
    server.stop(0);
    assertThat(ends.seen(recorded)).isSameAs(recorded);
  }

  @Test
  void aStudyThatHasEndedOrHasARunUnderWayIsNotAskedFor() {
    status("WORKFLOW_EXECUTION_STATUS_TERMINATED");

    assertThat(ends.seen(standing("DONE", 0)).state()).isEqualTo("DONE");
    assertThat(ends.seen(standing("RUNNING", 1)).state()).isEqualTo("RUNNING");
    assertThat(asked).isEmpty();
  }

  @Test
  void runsWhoseWorkflowsWereCutShortAreFoundWithOneQuestion() {
    answer =
        """
        {"executions": [
          {"execution": {"workflowId": "a-1"}, "status": "WORKFLOW_EXECUTION_STATUS_TERMINATED"},
          {"execution": {"workflowId": "b-1"}, "status": "WORKFLOW_EXECUTION_STATUS_TIMED_OUT"},
          {"execution": {"workflowId": "b-1"}, "status": "WORKFLOW_EXECUTION_STATUS_FAILED"},
          {"execution": {"workflowId": "reset-1"}, "status": "WORKFLOW_EXECUTION_STATUS_RUNNING"},
          {"execution": {"workflowId": "reset-1"}, "status": "WORKFLOW_EXECUTION_STATUS_TERMINATED"}
        ]}
        """;
    List<RunSummary> recorded =
        List.of(
            run("a-1", "RUNNING"),
            run("b-1", "PAUSED"),
            run("reset-1", "RUNNING"),
            run("c-1", "DONE"));

    List<RunSummary> seen = RunSummary.seen(recorded, ends);

    assertThat(seen)
        .extracting(RunSummary::cutShort)
        .containsExactly("terminated", "timed out", null, null);
    assertThat(RunList.runs(seen).lines().skip(2).map(line -> line.split(" {2,}", -1)[3]))
        .containsExactly("terminated", "timed out", "running", "done");
    assertThat(asked)
        .singleElement()
        .asString()
        .startsWith("/api/v1/namespaces/autoseed/workflows?query=WorkflowId+IN+")
        .contains("a-1", "b-1", "reset-1")
        .doesNotContain("c-1");
  }

  @Test
  void runsThatHaveEndedOrOfWhichTemporalSaysNothingAreAsTheyWereRecorded() {
    List<RunSummary> open = List.of(run("a-1", "RUNNING"));
    answer = "{}";
    assertThat(RunSummary.seen(open, ends)).isEqualTo(open);
    server.stop(0);
    assertThat(RunSummary.seen(open, ends)).isEqualTo(open);
    asked.clear();

    List<RunSummary> ended = List.of(run("c-1", "DONE"), run("d-1", "CANCELLED"));
    assertThat(RunSummary.seen(ended, ends)).isEqualTo(ended);
    assertThat(asked).isEmpty();
  }

  private static RunSummary run(String id, String state) {
    return new RunSummary(
        id, state, "grid", "slda", 5, 3, "2026-11-22T10:00:00Z", null, null, null);
  }

  private void status(String status) {
    answer =
        """
        {"workflowExecutionInfo": {"execution": {"workflowId": "grid-1a2b"}, "status": "%s"}}
        """
            .formatted(status);
  }

  private static StudyStanding standing(String state, int running) {
    return new StudyStanding(
        "grid-1a2b", "grid", state, 5, 3, running, 0, "2026-11-22T10:00:00Z", null);
  }
}
