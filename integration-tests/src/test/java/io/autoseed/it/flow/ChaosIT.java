package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.infra.stack.Ports;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.CommandProcess.Called;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.workflows.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chaos command on a stack of its own: the proof holds, and a difference breaks it. */
class ChaosIT {
  private static final int MLFLOW_RUNS_EACH = 1 + 3;

  /** What the proof may take on a busy machine. */
  private static final Duration LONGEST = Duration.ofMinutes(4);

  /** Draws for its first strike, in the first ADAPT, that all workers are stopped. */
  private static final String BEGINS_WITH_A_STOP = "542";

  @TempDir static Path folder;

  private static Path home;
  private static String file;
  private static CommandProcess autoseed;

  /** ADAPT takes seconds, so that kills find it at work. */
  @BeforeAll
  static void bringUp() throws Exception {
    home = TestStack.freshHome();
    autoseed = CommandProcess.on(home, Ports.free().base(), folder);
    SmallSequence.write(folder, 3, "{name: er, steps: 8000}");
    file = folder.resolve("sequence.yaml").toString();
    assertThat(autoseed.json("up", "--workers", "2", "--json").get("healthy").booleanValue())
        .isTrue();
  }

  @AfterAll
  static void takeDown() {
    LocalStack.open(home).down(line -> {});
    TestStack.delete(home);
  }

  @Test
  void sixKillsOverAllTargetsChangeNothing() throws Exception {
    long began = System.nanoTime();
    Called called =
        autoseed.call("chaos", file, "--kills", "6", "--random-seed", BEGINS_WITH_A_STOP, "--json");

    assertThat(called.exit()).as(called.err()).isZero();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(LONGEST);
    JsonNode report = called.json();
    assertThat(report.get("kills").intValue()).isEqualTo(6);
    assertThat(report.get("sameDigests").booleanValue()).isTrue();
    assertThat(report.get("duplicateCommits").intValue()).isZero();
    assertThat(report.get("lostPhases").intValue()).isZero();
    assertThat(report.get("failedActivities").intValue()).isZero();
    assertThat(report.get("byTarget"))
        .hasSize(5)
        .allSatisfy(target -> assertThat(target.get("kills").intValue()).isPositive());
    assertThat(report.at("/byTarget/worker/pauses").intValue()).isPositive();
    assertThat(report.get("p95RecoverySeconds").doubleValue()).isPositive();
    assertThat(report.get("trackedRuns").intValue())
        .as("one for each run, one for each of its tasks")
        .isEqualTo(MLFLOW_RUNS_EACH * (1 + report.get("disturbedRuns").size()));
    assertThat(called.err()).contains("undisturbed first", "killed ", "went on after ");
  }

  @Test
  void aTamperedOutcomeIsFound() throws Exception {
    CommandProcess.Running chaos =
        autoseed.start(List.of(), "chaos", file, "--kills", "1", "--targets", "worker", "--json");
    String undisturbed = undisturbedRunDone(chaos);
    tamper(undisturbed);
    String lost = removeAnObject(undisturbed);

    Called called = chaos.await();

    assertThat(called.exit()).as(called.err()).isEqualTo(3);
    assertThat(called.json().get("sameDigests").booleanValue()).isFalse();
    assertThat(called.json().get("duplicateCommits").intValue()).isEqualTo(1);
    assertThat(called.json().get("lostPhases").intValue()).isEqualTo(1);
    assertThat(called.json().get("trackedRuns").isNull()).isTrue();
    assertThat(called.json().get("differences"))
        .extracting(JsonNode::textValue)
        .contains(undisturbed + ": " + lost + " is gone");
    assertThat(called.err().lines().toList())
        .last()
        .asString()
        .contains("autoseed chaos: ", " differences, the first: " + undisturbed);
  }

  @Test
  void aStackWithOtherOpenRunsIsLeftAlone() throws Exception {
    String open =
        autoseed
            .json(
                "run",
                file,
                "--set",
                "strategy.steps=1000000",
                "--detach",
                "--no-baselines",
                "--json")
            .get("run")
            .textValue();

    Called called = autoseed.call("chaos", file, "--kills", "1");

    assertThat(called.exit()).isEqualTo(1);
    assertThat(called.err().lines()).last().asString().contains(open, "--force");
    assertThat(autoseed.json("cancel", open, "--json").get("state").textValue())
        .as("or other tests find it open")
        .isEqualTo("CANCELLED");
  }

  /** Waits until the run of this chaos that was left alone is done. */
  private static String undisturbedRunDone(CommandProcess.Running chaos) throws Exception {
    try (Catalog catalog = StackConnections.catalog(addresses())) {
      RunHistory history = new RunHistory(catalog);
      return DurableRun.eventually(
          "the undisturbed run",
          () ->
              chaos.process().isAlive()
                  ? history.open().stream()
                      .filter(run -> run.matches("chaos-.+-1"))
                      .findFirst()
                      .map(run -> run.replaceAll("-1$", "-undisturbed"))
                  : Optional.empty());
    }
  }

  /** Puts another outcome over a committed one, as somebody with access to the store could. */
  private static void tamper(String run) {
    try (ArtifactStore store = StackConnections.store(addresses())) {
      Manifests manifests = new Manifests(store, new ObjectCache(folder.resolve("cache"), 1 << 20));
      Manifest written = manifests.committed(run, 1, Phase.ADAPT).orElseThrow().manifest();
      Manifest.Outcome outcome = written.outcome();
      SortedMap<String, Double> metrics = new TreeMap<>(outcome.metrics());
      metrics.put("tampered", 1.0);
      Manifest.Outcome other =
          new Manifest.Outcome(
              outcome.phase(),
              outcome.task(),
              outcome.objects(),
              metrics,
              outcome.accuracy(),
              outcome.seeds(),
              outcome.parent());
      store.put(
          Manifest.key(run, 1, Phase.ADAPT),
          new Manifest(other, written.envelope()).bytes(),
          "manifest");
    }
  }

  /** Removes a version that a manifest of the run names; returns which. */
  private static String removeAnObject(String run) {
    try (ArtifactStore store = StackConnections.store(addresses())) {
      Manifests manifests = new Manifests(store, new ObjectCache(folder.resolve("cache"), 1 << 20));
      Manifest written = manifests.committed(run, 0, Phase.EVALUATE).orElseThrow().manifest();
      StoredObject object = written.object(written.envelope().produced().get(0));
      store.delete(object.key(), object.versionId());
      return object.key() + " version " + object.versionId();
    }
  }

  private static StackAddresses addresses() {
    return LocalStack.open(home).addresses();
  }
}
