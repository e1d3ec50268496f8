package io.autoseed.worker.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.report.RunResult;
import io.autoseed.worker.report.RunSummary;
import io.autoseed.worker.report.RunView;
import io.autoseed.worker.report.SampleRuns;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConsoleServerTest {
  private final Shelf shelf = new Shelf();
  private final ConsoleServer server = ConsoleServer.start(shelf, 0);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyPageThatTheIndexNamesIsThere() throws Exception {
    String index = get("/").body();
    for (String path :
        List.of(
            "/icon.svg",
            "/style.css",
            "/console.css",
            "/charts.js",
            "/echarts.js",
            "/console.js")) {
      assertThat(index).contains(path);
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    assertThat(get("/health").statusCode()).isEqualTo(200);
  }

  @Test
  void theListHoldsTheNewestRuns() throws Exception {
    JsonNode runs = json("/api/runs").get("runs");
    assertThat(runs).hasSize(1);
    assertThat(runs.get(0).get("run").textValue()).isEqualTo("r-1");
    assertThat(runs.get(0).get("tasksDone").intValue()).isEqualTo(2);
  }

  @Test
  void studiesAreListedAndEachComesWithItsRuns() throws Exception {
    assertThat(json("/api/runs").at("/studies/0/study").textValue()).isEqualTo("grid-1");
    JsonNode detail = json("/api/studies/grid-1");
    assertThat(detail.at("/study/running").intValue()).isEqualTo(1);
    assertThat(detail.at("/runs/0/study").textValue()).isEqualTo("grid-1");
    assertThat(get("/api/studies/other").statusCode()).isEqualTo(404);
  }

  @Test
  void aRunComesWithItsBaselinesAndWhyItDoesNotGetOn() throws Exception {
    JsonNode detail = json("/api/runs/r-1");
    assertThat(detail.at("/run/tasks/0/classes/1").textValue()).isEqualTo("b");
    assertThat(detail.at("/run/matrix/0/0").doubleValue()).isEqualTo(90);
    assertThat(detail.at("/baselines/0/strategy").textValue()).isEqualTo("finetune");
    assertThat(detail.at("/notices/0").textValue()).isEqualTo("waits for a free worker");
  }

  @Test
  void anUnknownRunIsNotFound() throws Exception {
    assertThat(get("/api/runs/other").statusCode()).isEqualTo(404);
  }

  @Test
  void aCatalogThatIsAwayIsSaidSo() throws Exception {
    shelf.away = true;
    HttpResponse<String> answer = get("/api/runs");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).isEqualTo("no answer");
  }

  /** Else a page of another site could read it through a name of its own that means 127.0.0.1. */
  @Test
  void aRequestForAnotherHostIsRefused() throws IOException {
    assertThat(statusLineFor("127.0.0.1:" + server.port())).contains("200");
    assertThat(statusLineFor("localhost")).contains("200");
    assertThat(statusLineFor("evil.example")).contains("403");
    assertThat(statusLineFor("127.0.0.1.evil.example")).contains("403");
  }

  @Test
  void pagesMayLoadNothingFromElsewhere() throws Exception {
    assertThat(get("/").headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
  }

  @Test
  void nothingCanBeChanged() throws Exception {
    HttpRequest post =
        HttpRequest.newBuilder(uri("/api/runs")).POST(HttpRequest.BodyPublishers.noBody()).build();
    int status =
        HttpClient.newHttpClient().send(post, HttpResponse.BodyHandlers.discarding()).statusCode();
    assertThat(status).isIn(404, 405);
  }

  private String statusLineFor(String host) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      OutputStream out = socket.getOutputStream();
      String request = "GET /api/runs HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      out.write(request.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().findFirst().orElse("");
    }
  }

  private JsonNode json(String path) throws Exception {
    HttpResponse<String> answer = get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  /** One run with one baseline. */
  private static final class Shelf implements ConsoleSource {
    private volatile boolean away;

    @Override
    public Links links() {
      return new Links("http://127.0.0.1:1", "http://127.0.0.1:2", "autoseed", "autoseed");
    }

    @Override
    public List<RunSummary> runs() {
      if (away) {
        throw new Unavailable("no answer", null);
      }
      return List.of(
          new RunSummary(
              "r-1", "RUNNING", "s", "auto-seed", 3, 2, "2026-01-01T00:00:00Z", null, null, null));
    }

    @Override
    public List<StudyStanding> studies() {
      return List.of(
          new StudyStanding("grid-1", "grid", "RUNNING", 4, 2, 1, 0, "2026-01-01", null));
    }

    @Override
    public Optional<StudyDetail> study(String study) {
      return studies().stream()
          .filter(known -> known.study().equals(study))
          .findFirst()
          .map(known -> new StudyDetail(known, List.of(member(study))));
    }

    private static RunSummary member(String study) {
      return new RunSummary(
          study + "-slda-o0-s1", "RUNNING", "s", "slda", 3, 2, "2026-01-01", null, study, null);
    }

    @Override
    public Optional<Detail> run(String run) {
      RunView view = SampleRuns.view("r-1", "auto-seed", List.of(List.of(90.0)));
      RunResult baseline = SampleRuns.complete("r-2", "finetune");
      return run.equals("r-1")
          ? Optional.of(new Detail(view, List.of(baseline), List.of("waits for a free worker")))
          : Optional.empty();
    }
  }
}
