package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.Ports;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.CommandProcess.Called;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as its users call it: a process a command, on a stack of its own. */
class CommandLineIT {
  @TempDir static Path folder;

  /** Trains for as long as any test takes. */
  private static final String NEVER_DONE = "{name: er, steps: 1000000}";

  private static final int PORT_BASE = Ports.free().base();
  private static Path home;
  private static JsonNode finished;

  @BeforeAll
  static void runASequence() throws Exception {
    home = TestStack.freshHome();
    SmallSequence.write(folder, 3, "{name: slda}");
    Path file = folder.resolve("sequence.yaml");
    Files.writeString(file, Files.readString(file) + "baselines: [continual-clip]\n");
    JsonNode up = json("up", "--json");
    assertThat(up.get("healthy").booleanValue()).isTrue();
    finished = json("run", file.toString(), "--name", "small", "--json");
  }

  @AfterAll
  static void takeDown() {
    LocalStack.open(home).down(line -> {});
    TestStack.delete(home);
  }

  @Test
  void runAnswersWithTheMetricsOfTheRunAndItsBaselinesAndWritesAReport() {
    assertThat(finished.get("state").textValue()).isEqualTo("DONE");
    assertThat(finished.get("run").textValue()).matches("small-\\d{8}-\\d{6}-[0-9a-f]{4}");
    assertThat(finished.at("/metrics/last").doubleValue()).isBetween(60.0, 100.0);
    assertThat(finished.at("/baselines/continual-clip/last").isNumber()).isTrue();
    assertThat(finished.get("memoryBytesPerClass").doubleValue()).isPositive();
    assertThat(Path.of(finished.get("reportFile").textValue()))
        .startsWith(home)
        .content()
        .contains(finished.get("run").textValue());
  }

  @Test
  void statusNamesEveryComponentWithItsProcess() throws Exception {
    JsonNode status = json("status", "--json");
    assertThat(status.get("healthy").booleanValue()).isTrue();
    List<String> names = new ArrayList<>();
    status.get("components").forEach(component -> names.add(component.get("name").textValue()));
    assertThat(names)
        .contains("postgres", "object-store", "temporal", "mlflow", "worker", "console");
    assertThat(Path.of(status.get("credentialsFile").textValue())).exists();
  }

  @Test
  void showHasWhatWasMeasuredSixPhasesATaskAndADigestAnObject() throws Exception {
    JsonNode shown = json("show", finished.get("run").textValue(), "--json");
    assertThat(shown.get("matrix"))
        .hasSize(3)
        .allSatisfy(row -> assertThat(row.isObject()).isTrue())
        .allSatisfy(row -> assertThat(row).hasSize(3));
    assertThat(shown.get("tasks")).hasSize(3);
    assertThat(shown.at("/tasks/2/phases")).hasSize(6);
    assertThat(shown.at("/tasks/2/phases/5/phase").textValue()).isEqualTo("PUBLISH");
    assertThat(shown.at("/tasks/0/phases/1/manifest/sha256").textValue()).matches("[0-9a-f]{64}");
    assertThat(shown.get("digests")).isNotEmpty();
    assertThat(shown.at("/metrics/last")).isEqualTo(finished.at("/metrics/last"));
  }

  @Test
  void theRunsAreListedTheNewestFirstWithoutTheirBaselinesAndByNameAndState() throws Exception {
    JsonNode runs = json("runs", "--json").get("runs");
    assertThat(runs.get(runs.size() - 1).get("run")).isEqualTo(finished.get("run"));
    assertThat(runs.get(runs.size() - 1).get("tasksDone").intValue()).isEqualTo(3);
    assertThat(runs).allMatch(run -> run.get("beside").isNull());
    String text = call("runs", "--name", "small-", "--state", "done").out();
    assertThat(text)
        .contains(finished.get("run").textValue(), "1 baseline or run of chaos not listed")
        .doesNotContain("continual-clip", "long-");
    assertThat(call("runs", "--all").out())
        .contains(finished.get("run").textValue() + "-continual-clip");
    assertThat(call("runs", "--name", "nobody").out()).isEqualTo("No such runs.\n");
  }

  @Test
  void compareSaysWhatTheIntervalsAreOver() throws Exception {
    String run = finished.get("run").textValue();
    JsonNode comparison = json("compare", run, run + "-continual-clip", "--json");
    assertThat(comparison.get("intervals").textValue()).contains("tasks");
    assertThat(comparison.at("/runs/1/difference/last/low").isNumber()).isTrue();
  }

  @Test
  void theConsoleShowsTheRun() throws Exception {
    String console = json("status", "--json").get("console").textValue();
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create(console + "/api/runs/" + finished.get("run").textValue()))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode detail = new ObjectMapper().readTree(answer.body());
    assertThat(detail.at("/run/metrics/last")).isEqualTo(finished.at("/metrics/last"));
    assertThat(detail.at("/baselines/0/strategy").textValue()).isEqualTo("continual-clip");
  }

  @Test
  void aSequenceThatIsWrongIsRefusedInOneLineWithItsPlace() throws Exception {
    Path file = folder.resolve("wrong.yaml");
    Files.writeString(file, Files.readString(folder.resolve("sequence.yaml")) + "seeds: 3\n");
    Called called = call("run", file.toString(), "--json");
    assertThat(called.exit()).isEqualTo(1);
    assertThat(called.err().lines()).singleElement().asString().contains("wrong.yaml:", "seeds");
  }

  @Test
  void aForkSharesItsPastAndReproducesTheRun() throws Exception {
    String run = finished.get("run").textValue();
    String file = folder.resolve("sequence.yaml").toString();

    Called forked = call("run", file, "--from", run + "@0", "--name", "small", "--json");

    assertThat(forked.exit()).isZero();
    assertThat(forked.err()).contains(run + " is called small, too: go by the ids");
    JsonNode shown = json("show", forked.json().get("run").textValue(), "--json");
    JsonNode original = json("show", run, "--json");
    assertThat(shown.get("digests")).isNotEmpty().isEqualTo(original.get("digests"));
    assertThat(shown.get("matrix")).isEqualTo(original.get("matrix"));
    assertThat(shown.at("/tasks/0/sharedWith").textValue()).isEqualTo(run);
    assertThat(shown.at("/tasks/0/phases"))
        .allSatisfy(p -> assertThat(p.get("reused").booleanValue()).isTrue());
    assertThat(shown.at("/tasks/1/sharedWith").isNull()).isTrue();
    assertThat(call("run", file, "--from", run + "@9").err())
        .contains("run " + run + " has no task '9'");
  }

  @Test
  void aRunIsPausedExtendedResumedAndCancelled() throws Exception {
    SmallSequence.write(folder.resolve("long"), 4, NEVER_DONE);
    Path whole = folder.resolve("long/sequence.yaml");
    Path shorter = folder.resolve("long/shorter.yaml");
    Files.writeString(
        shorter, Files.readString(whole).replaceFirst("(?m)^  - .*class-4, class-5.*\\R", ""));
    String run =
        json("run", shorter.toString(), "--name", "long", "--detach", "--json")
            .get("run")
            .textValue();

    JsonNode paused = json("pause", run, "--json");
    assertThat(paused.get("state").textValue()).isEqualTo("PAUSED");
    assertThat(paused.get("tasks").intValue()).isEqualTo(2);
    assertThat(paused.get("next").textValue()).contains("autoseed resume " + run);
    assertThat(call("pause", run).err()).contains("run " + run + " is paused already");
    assertThat(call("show", run).out()).contains("paused", "autoseed resume " + run);

    JsonNode appended = json("append", run, whole.toString(), "--json");
    assertThat(appended.get("tasks").intValue()).isEqualTo(3);
    assertThat(appended.get("state").textValue()).isEqualTo("PAUSED");

    assertThat(json("resume", run, "--json").get("state").textValue()).isEqualTo("RUNNING");
    assertThat(json("cancel", run, "--json").get("state").textValue()).isEqualTo("CANCELLED");
    assertThat(call("verify", run).exit()).as("with the appended task").isZero();
    Called late = call("resume", run);
    assertThat(late.exit()).isEqualTo(1);
    assertThat(late.err().lines())
        .singleElement()
        .asString()
        .contains("run " + run + " is cancelled", "--from " + run);
    assertThat(call("pause", "nobody").err())
        .contains("there is no run or study nobody: autoseed runs");
  }

  @Test
  void aRunDropsTrainingFeaturesUnlessAStrategyOfItKeepsThem() throws Exception {
    String file = folder.resolve("sequence.yaml").toString();
    Called kept = call("run", file, "--drop-features", "--set", "strategy.name=er");
    assertThat(kept.exit()).isEqualTo(1);
    assertThat(kept.err()).contains("--drop-features: strategy er keeps training examples");

    String run =
        json("run", file, "--drop-features", "--name", "dropping", "--json").get("run").textValue();
    assertThat(json("show", run, "--json").get("dropsFeatures").booleanValue()).isTrue();
    JsonNode verified = json("verify", run, "--json");
    assertThat(verified.get("dropped").intValue()).isEqualTo(6); // classes, a shard each
    assertThat(call("verify", run + "-continual-clip").out())
        .contains("6 of training features gone as asked for");

    String fork =
        json("run", file, "--from", run + "@1", "--name", "dropping-on", "--json")
            .get("run")
            .textValue();
    assertThat(json("verify", fork, "--json").get("dropped").intValue()).isEqualTo(2);
  }

  @Test
  void aStudyIsListedApartFromTheRunsShownAndCancelledWithItsRuns() throws Exception {
    SmallSequence.write(folder.resolve("grid"), 5, NEVER_DONE);
    Path file =
        Files.writeString(
            folder.resolve("grid/study.yaml"),
            """
            name: grid
            sequence: sequence.yaml
            strategies: [%s, {name: slda}]
            orders: 2
            """
                .formatted(NEVER_DONE));
    String study =
        json("study", file.toString(), "--parallel", "1", "--detach", "--json")
            .get("study")
            .textValue();
    int looks = 0;
    while (json("runs", "--study", "grid", "--json").get("runs").isEmpty()) {
      assertThat(++looks).as("looks at a study without a run").isLessThan(100);
    }

    JsonNode cancelled = json("cancel", study, "--json");
    assertThat(cancelled.get("state").textValue()).isEqualTo("STOPPED");
    assertThat(cancelled.get("running").intValue()).isZero();

    JsonNode listed = json("runs", "--json");
    assertThat(listed.at("/studies/0/study").textValue()).isEqualTo(study);
    assertThat(listed.at("/studies/0/runs").intValue()).isEqualTo(4);
    assertThat(listed.get("runs")).noneMatch(run -> run.get("run").textValue().startsWith(study));
    JsonNode shown = json("show", study, "--json");
    assertThat(shown.at("/members/0/state").textValue()).isEqualTo("CANCELLED");
    assertThat(shown.at("/report/reason").textValue()).isEqualTo("cancelled on request");
    Called watched = call("watch", study);
    assertThat(watched.exit()).isEqualTo(1);
    assertThat(watched.out()).contains("0 of 4 runs done", "report.html");
    assertThat(call("pause", study).err()).contains(study + " is a study");
  }

  @Test
  void anUnknownRunIsRefusedInOneLine() throws Exception {
    Called called = call("show", "no-such-run");
    assertThat(called.exit()).isEqualTo(1);
    assertThat(called.out()).isEmpty();
    assertThat(called.err().lines()).singleElement().asString().contains("autoseed runs");
  }

  /** The one document that a command prints on standard output. */
  private static JsonNode json(String... arguments) throws Exception {
    return commands().json(arguments);
  }

  private static Called call(String... arguments) throws IOException, InterruptedException {
    return commands().call(arguments);
  }

  private static CommandProcess commands() {
    return CommandProcess.on(home, PORT_BASE, folder);
  }
}
