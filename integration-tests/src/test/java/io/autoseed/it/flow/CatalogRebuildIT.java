package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.autoseed.activities.catalog.AuditEntry;
import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.Lineage;
import io.autoseed.activities.phase.Submission;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.Ports;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.CommandProcess.Called;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.workflows.Phase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

/** The whole database lost in the middle of a run, on a stack of its own. */
class CatalogRebuildIT {
  @TempDir private static Path folder;

  private Path home;
  private CommandProcess commands;
  private StackAddresses stack;

  @BeforeEach
  void up() throws Exception {
    home = TestStack.freshHome();
    commands = CommandProcess.on(home, Ports.free().base(), folder);
    commands.json("up", "--json");
    stack = LocalStack.open(home).addresses();
  }

  @AfterEach
  void down() {
    LocalStack.open(home).down(line -> {});
    TestStack.delete(home);
  }

  @Test
  void aLostDatabaseComesBackFromTheStoreAndTheRunInFlightGoesOn() throws Exception {
    String finished = DurableRun.unique("finished");
    String beside = finished + "-beside";
    String fork = DurableRun.unique("fork");
    String anew = DurableRun.unique("fork-of-no-task");
    String inFlight = DurableRun.unique("in-flight");
    try (DurableRun durable = new DurableRun(stack, folder.resolve("cache"));
        Catalog catalog = StackConnections.catalog(stack)) {
      ResolvedSequence small = SmallSequence.write(folder.resolve("small"), 11, "{name: slda}");
      durable.submit(Submission.of(finished, small, "avx2", "test"));
      durable.submit(Submission.of(beside, small, "avx2", "test").withBeside(finished));
      durable.await(finished);
      durable.await(beside);
      durable.submit(
          Submission.of(fork, small, "avx2", "test").withFork(new Submission.Fork(finished, 0)));
      durable.await(fork);
      durable.submit(
          Submission.of(anew, small, "avx2", "test").withFork(new Submission.Fork(finished, -1)));
      durable.await(anew);
      awaitTracking(durable, finished);
      JsonNode shown = commands.json("show", finished, "--json");
      JsonNode shownFork = commands.json("show", fork, "--json");
      List<AuditEntry> audit = new AuditLog(catalog).entries(finished);
      int edges = new Lineage(catalog).up(finished).size();
      Map<String, Tracked> tracked = tracked(finished);

      ResolvedSequence longer =
          SmallSequence.write(folder.resolve("longer"), 12, "{name: er, steps: 40000}");
      durable.submit(Submission.of(inFlight, SmallSequence.beginning(longer, 2), "avx2", "test"));
      durable.steering().append(durable.steering().past(inFlight), longer);
      DurableRun.eventually(
          "a task of the second run",
          () ->
              durable.store().stat("runs/" + inFlight + "/manifests/0/PUBLISH.json").isPresent()
                  ? Optional.of(true)
                  : Optional.empty());
      dropDatabases();
      Called early = commands.call("show", finished);
      assertThat(early.exit()).isEqualTo(1);
      assertThat(early.err()).contains("autoseed catalog rebuild fills it from the store");
      commands.json("up", "--json");
      assertThat(commands.call("runs").out())
          .contains("The catalog has no runs, the store has 5: autoseed catalog rebuild");
      JsonNode rebuilt = commands.json("catalog", "rebuild", "--json");

      assertThat(rebuilt.get("epoch").intValue()).isEqualTo(2);
      assertThat(rebuilt.get("rebuilt"))
          .extracting(JsonNode::textValue)
          .containsExactlyInAnyOrder(finished, beside, fork, anew, inFlight);
      awaitTracking(durable, finished);
      JsonNode shownAgain = commands.json("show", finished, "--json");
      assertThat(comparable(shownAgain)).isEqualTo(comparable(shown));
      awaitTracking(durable, fork);
      assertThat(comparable(commands.json("show", fork, "--json")))
          .isEqualTo(comparable(shownFork));
      assertThat(durable.runs().tasks(inFlight)).as("with the appended one").hasSize(3);
      assertThat(attempts(shownAgain))
          .zipSatisfy(attempts(shown), (known, begun) -> assertThat(known).isBetween(1, begun));
      assertThat(new AuditLog(catalog).entries(finished)).isEqualTo(audit);
      assertThat(new Lineage(catalog).up(finished)).hasSize(edges);
      assertThat(tracked(finished)).isEqualTo(tracked);

      durable.await(inFlight);
      assertThat(durable.digests(inFlight, 2))
          .isEqualTo(DurableRun.digests(SmallSequence.local(longer).finalState()));
      assertThat(durable.manifest(inFlight, 2, Phase.PUBLISH).manifest().envelope().token() >> 40)
          .isEqualTo(2);
      awaitTracking(durable, inFlight);
      assertThat(tracked(inFlight).get(inFlight).metrics()).containsKey("final/last");
      assertThat(tracked(inFlight)).hasSize(4);
      for (String run : List.of(finished, beside, fork, anew, inFlight)) {
        Called verified = commands.call("verify", run, "--json");
        assertThat(verified.exit()).as(verified.out()).isZero();
      }
      JsonNode again = commands.json("catalog", "rebuild", "--json");
      assertThat(again.get("epoch").isNull()).isTrue();
      assertThat(again.get("unchanged").intValue()).isEqualTo(5);
    }
  }

  /** Without what no manifest can know: MLflow's new names, attempts begun after a manifest. */
  private static JsonNode comparable(JsonNode shown) {
    ObjectNode copy =
        ((ObjectNode) shown.deepCopy()).without(List.of("trackingRun", "trackingExperiment"));
    for (JsonNode phase : phases(copy)) {
      ((ObjectNode) phase).remove("attempts");
    }
    return copy;
  }

  private static List<JsonNode> phases(JsonNode shown) {
    List<JsonNode> phases = new ArrayList<>();
    shown.get("tasks").forEach(task -> task.get("phases").forEach(phases::add));
    return phases;
  }

  private static List<Integer> attempts(JsonNode shown) {
    return phases(shown).stream().map(phase -> phase.get("attempts").intValue()).toList();
  }

  private static void awaitTracking(DurableRun durable, String run) throws InterruptedException {
    DurableRun.eventually(
        "the tracking of " + run,
        () -> durable.runs().find(run).filter(row -> row.undelivered() == 0));
  }

  private void dropDatabases() throws Exception {
    String server = stack.jdbcUrl().substring(0, stack.jdbcUrl().lastIndexOf('/'));
    String password =
        new ObjectMapper()
            .readTree(home.resolve("credentials.json").toFile())
            .get("postgres.superuser.password")
            .textValue();
    try (Connection connection =
            DriverManager.getConnection(server + "/postgres", "postgres", password);
        Statement statement = connection.createStatement()) {
      statement.execute("DROP DATABASE autoseed WITH (FORCE)");
      statement.execute("DROP DATABASE mlflow WITH (FORCE)");
    }
  }

  /** An MLflow run of ours: its status, last metrics, parameters, and tags without ids. */
  private record Tracked(
      String status, Map<String, Double> metrics, Map<String, String> parameters) {}

  /** A run's MLflow runs, its tasks' included, by {@code autoseed.key}. */
  private Map<String, Tracked> tracked(String run) {
    try (MlflowClient mlflow = new MlflowClient(stack.mlflowUrl())) {
      List<String> experiments =
          mlflow.searchExperiments().getItems().stream()
              .map(Service.Experiment::getExperimentId)
              .toList();
      Map<String, Tracked> tracked = new TreeMap<>();
      mlflow
          .searchRuns(
              experiments,
              "tags.`autoseed.key` LIKE '" + run + "%'",
              Service.ViewType.ACTIVE_ONLY,
              100)
          .getItems()
          .forEach(
              found -> {
                Map<String, String> tags = new HashMap<>();
                found
                    .getData()
                    .getTagsList()
                    .forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
                String key = tags.get("autoseed.key");
                if (key.equals(run) || key.startsWith(run + "/")) {
                  tracked.put(key, tracked(found));
                }
              });
      return tracked;
    }
  }

  private static Tracked tracked(Service.Run found) {
    Map<String, Double> metrics = new TreeMap<>();
    found.getData().getMetricsList().forEach(m -> metrics.put(m.getKey(), m.getValue()));
    Map<String, String> parameters = new TreeMap<>();
    found.getData().getParamsList().forEach(p -> parameters.put(p.getKey(), p.getValue()));
    return new Tracked(found.getInfo().getStatus().name(), metrics, parameters);
  }
}
