package io.autoseed.it.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.MetricOutbox;
import io.autoseed.activities.catalog.OutboxRow;
import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.tracking.TrackingCheck;
import io.autoseed.activities.tracking.TrackingDownException;
import io.autoseed.activities.tracking.TrackingRelay;
import io.autoseed.it.TestStack;
import io.autoseed.it.commit.FaultyStoreProxy.Fault;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.RunState;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.mlflow.api.proto.Service;
import org.mlflow.tracking.MlflowClient;

class TrackingIT {
  private static final String EXPERIMENT = "commit-it";

  @TempDir Path folder;
  private CommitFixture fixture;
  private MetricOutbox outbox;
  private MlflowClient mlflow;
  private String run;

  @BeforeEach
  void open() {
    fixture = new CommitFixture(folder);
    outbox = new MetricOutbox(fixture.catalog);
    mlflow = new MlflowClient(fixture.backends.mlflow().toString());
    run = fixture.run(Reuse.ENCODE);
  }

  @AfterEach
  void close() {
    mlflow.close();
    fixture.close();
  }

  private TrackingRelay relay(URI address) {
    return new TrackingRelay(
        fixture.catalog,
        address,
        fixture.backends.mlflowBucket(),
        fixture.backends.store().bucket());
  }

  private ManifestReference perform(int task, ManifestReference input) {
    PhaseOutcome evaluated =
        fixture
            .open(CommitFixture.plan(run, task, Phase.EVALUATE, input))
            .commit(
                CommitFixture.product("state " + task, Map.of())
                    .withAccuracy(List.of(new AccuracyCell("class-incremental", task, 0, 0.5))));
    return fixture
        .open(CommitFixture.plan(run, task, Phase.PUBLISH, evaluated.manifest()))
        .commit(PhaseProduct.of(Map.of(), Map.of(), Map.of("avg", 0.5), 0))
        .manifest();
  }

  private void finish(ManifestReference last) {
    fixture.runs.finish(
        run,
        RunState.DONE,
        null,
        fixture.manifests.read(last).manifest().outcome().metrics(),
        Optional.of(fixture.manifests.read(last)));
  }

  private Service.Run tracked(int task) {
    TrackedRun tracked = outbox.tracked(run, task).orElseThrow();
    return mlflow.getRun(tracked.mlflowRun());
  }

  private static Map<String, String> tags(Service.Run run) {
    Map<String, String> tags = new TreeMap<>();
    run.getData().getTagsList().forEach(tag -> tags.put(tag.getKey(), tag.getValue()));
    return tags;
  }

  @Test
  void aRunBecomesAParentRunWithAChildATaskAndAModelVersion() throws Exception {
    ManifestReference last = perform(1, perform(0, null));
    finish(last);

    try (TrackingRelay relay = relay(fixture.backends.mlflow())) {
      assertThat(relay.drain(run)).isEqualTo(MetricOutbox.Drain.EMPTY);
    }

    Service.Run parent = tracked(-1);
    assertThat(parent.getInfo().getStatus()).isEqualTo(Service.RunStatus.FINISHED);
    assertThat(tags(parent))
        .containsEntry("temporal.workflow", run)
        .containsEntry("autoseed.outcome", last.outcomeDigest());
    assertThat(parent.getData().getParamsList())
        .extracting(Service.Param::getKey, Service.Param::getValue)
        .contains(
            org.assertj.core.groups.Tuple.tuple("setting.rate", "0.5"),
            org.assertj.core.groups.Tuple.tuple("random-seed", "7"));
    assertThat(parent.getInputs().getDatasetInputsList())
        .extracting(input -> input.getDataset().getName())
        .containsExactly("letters");
    assertThat(mlflow.getMetricHistory(parent.getInfo().getRunId(), "loss"))
        .extracting(Service.Metric::getStep)
        .containsExactlyInAnyOrder(0L, 1L);
    assertThat(mlflow.getMetricHistory(parent.getInfo().getRunId(), "avg")).hasSize(2);
    assertThat(
            mlflow.sendGet(
                "artifacts/list?path=accuracy-matrix&run_id=" + parent.getInfo().getRunId()))
        .contains("accuracy-matrix/after-task-0000.json", "accuracy-matrix/after-task-0001.json");
    assertThat(tags(tracked(1)))
        .containsEntry("mlflow.parentRunId", parent.getInfo().getRunId())
        .containsEntry(
            "autoseed.manifest.publish",
            "s3://"
                + fixture.backends.store().bucket()
                + "/"
                + last.key()
                + "?versionId="
                + last.versionId());
    String candidate = mlflow.sendGet("registered-models/alias?name=commit-it&alias=candidate");
    assertThat(candidate).contains(last.outcomeDigest());
  }

  @Test
  void rowsAreDeliveredOnceWhenMlflowWasAwayInBetween() throws Exception {
    ManifestReference first = perform(0, null);
    try (TrackingRelay away = relay(URI.create("http://127.0.0.1:1"))) {
      assertThatThrownBy(() -> away.drain(run)).isInstanceOf(TrackingDownException.class);
    }
    assertThat(outbox.undelivered(run, 100)).hasSize(3);
    assertThat(outbox.delivered(run)).isZero();
    try (TrackingRelay relay = relay(fixture.backends.mlflow())) {
      relay.drain(run);
      assertThat(outbox.delivered(run)).isEqualTo(3);
      finish(perform(1, first));
      assertThat(relay.drain(run)).isEqualTo(MetricOutbox.Drain.EMPTY);
    }

    assertThat(outbox.undelivered(run, 100)).isEmpty();
    assertThat(differences()).isEmpty();
  }

  @Test
  void rowsAreDeliveredOnceAcrossARestartOfMlflow() throws Exception {
    ManifestReference first = perform(0, null);
    try (TrackingRelay relay = relay(fixture.backends.mlflow())) {
      relay.drain(run);
      kill("mlflow");
      finish(perform(1, first));
      drainWhenItIsBack(relay);
    }

    assertThat(outbox.undelivered(run, 100)).isEmpty();
    assertThat(differences()).isEmpty();
  }

  private static void kill(String component) {
    TestStack.stack().status().components().stream()
        .filter(status -> status.name().equals(component))
        .forEach(
            status -> ProcessHandle.of(status.pid()).ifPresent(ProcessHandle::destroyForcibly));
  }

  private void drainWhenItIsBack(TrackingRelay relay) throws InterruptedException {
    Instant end = Instant.now().plusSeconds(180);
    while (true) {
      try {
        assertThat(relay.drain(run)).isEqualTo(MetricOutbox.Drain.EMPTY);
        return;
      } catch (TrackingDownException e) {
        assertThat(Instant.now()).as(e.getMessage()).isBefore(end);
        Thread.sleep(500);
      }
    }
  }

  @Test
  void rowsComeInOrderAndAgainUntilTheirDeliveryIsRecorded() {
    perform(1, perform(0, null));
    List<Long> told = new ArrayList<>();
    assertThatThrownBy(
            () ->
                outbox.drain(
                    run,
                    rows -> {
                      rows.forEach(row -> told.add(row.number()));
                      throw new IllegalStateException("cut off");
                    }))
        .hasMessage("cut off");

    outbox.drain(run, rows -> rows.forEach(row -> told.add(row.number())));
    outbox.drain(run, rows -> rows.forEach(row -> told.add(row.number())));

    assertThat(told).containsExactly(0L, 1L, 2L, 3L, 4L, 0L, 1L, 2L, 3L, 4L);
  }

  @Test
  void rowsWhoseDeliveryWasNotRecordedAreSentAgainWithoutTrace() {
    ManifestReference last = perform(0, null);
    finish(last);
    List<OutboxRow> rows = outbox.undelivered(run, 100);
    try (TrackingRelay relay = relay(fixture.backends.mlflow())) {
      relay.drain(run);
      String parent = tracked(-1).getInfo().getRunId();
      int versions = versions();
      relay.deliver(rows);
      rows.forEach(row -> relay.deliver(List.of(row)));

      assertThat(tracked(-1).getInfo().getRunId()).isEqualTo(parent);
      assertThat(mlflow.getMetricHistory(parent, "loss")).hasSize(1);
      assertThat(mlflow.getMetricHistory(parent, "final/avg")).hasSize(1);
      assertThat(versions()).isEqualTo(versions);
    }
  }

  private int versions() {
    return mlflow.searchModelVersions("name = 'commit-it'").getItems().size();
  }

  @Test
  void aRunMadeByARelayThatDiedIsFoundByItsKey() {
    String made = makeRun(run);

    try (TrackingRelay relay = relay(fixture.backends.mlflow())) {
      relay.drain(run);
    }

    assertThat(outbox.tracked(run, TrackedRun.WHOLE).orElseThrow().mlflowRun()).isEqualTo(made);
    assertThat(runsOf(run)).containsExactly(made);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"BUSY", "ANSWER_LOST"})
  void aRelayThatIsCutOffBeforeOrAfterAnyCallLosesAndDoublesNothing(Fault fault) throws Exception {
    finish(perform(1, perform(0, null)));
    int versions = versions();

    int calls = 0;
    while (!drained(calls, fault)) {
      calls++;
    }

    assertThat(calls)
        .as("an MLflow run for the run and each task, three phases each")
        .isGreaterThan(10);
    assertThat(differences()).isEmpty();
    assertThat(versions()).isEqualTo(versions + 1);
  }

  /** Whether a relay delivered everything whose calls err so after the first few. */
  private boolean drained(int calls, Fault fault) throws IOException {
    try (FaultyStoreProxy proxy = new FaultyStoreProxy(fixture.backends.mlflow());
        TrackingRelay relay = relay(proxy.endpoint())) {
      proxy.next(Fault.NONE, calls);
      proxy.always(fault);
      return relay.drain(run) == MetricOutbox.Drain.EMPTY;
    } catch (TrackingDownException e) {
      return false;
    }
  }

  @Test
  void runsThatMlflowMadeLongAfterTheyWereAskedForAreDeletedWhenTheRunEnds() {
    ManifestReference last = perform(0, null);
    try (TrackingRelay relay = relay(fixture.backends.mlflow())) {
      relay.drain(run);
      makeRun(run);
      makeRun(run + "/0");
      assertThat(differences()).contains("MLflow has 2 runs for " + run + ", expected 1");

      finish(last);
      relay.drain(run);
    }

    assertThat(differences()).isEmpty();
    assertThat(runsOf(run))
        .containsExactly(outbox.tracked(run, TrackedRun.WHOLE).orElseThrow().mlflowRun());
    assertThat(runsOf(run + "/0"))
        .containsExactly(outbox.tracked(run, 0).orElseThrow().mlflowRun());
  }

  @Test
  void ofTwoRelaysThatMadeTheSameRunBothUseTheOneRecordedFirst() {
    TrackedRun first = new TrackedRun(run, 3, "first", "1", "mlflow-artifacts:/1/first");
    TrackedRun second = new TrackedRun(run, 3, "second", "1", "mlflow-artifacts:/1/second");

    assertThat(outbox.track(first)).isEqualTo(first);
    assertThat(outbox.track(second)).isEqualTo(first);
  }

  /** Makes an MLflow run for a key as a relay does whose answer is lost; returns its id. */
  private String makeRun(String key) {
    String experiment =
        mlflow
            .getExperimentByName(EXPERIMENT)
            .map(Service.Experiment::getExperimentId)
            .orElseGet(() -> mlflow.createExperiment(EXPERIMENT));
    return mlflow
        .createRun(
            Service.CreateRun.newBuilder()
                .setExperimentId(experiment)
                .addTags(Service.RunTag.newBuilder().setKey("autoseed.key").setValue(key))
                .build())
        .getRunId();
  }

  private List<String> runsOf(String key) {
    String experiment = mlflow.getExperimentByName(EXPERIMENT).orElseThrow().getExperimentId();
    return mlflow
        .searchRuns(
            List.of(experiment),
            "tags.`autoseed.key` = '" + key + "'",
            Service.ViewType.ACTIVE_ONLY,
            10)
        .getItems()
        .stream()
        .map(found -> found.getInfo().getRunId())
        .toList();
  }

  /** What MLflow has otherwise than the manifests say. */
  private List<String> differences() {
    List<Manifest> manifests = new ArrayList<>();
    for (int task = 0; task < 2; task++) {
      for (Phase phase : List.of(Phase.EVALUATE, Phase.PUBLISH)) {
        fixture
            .manifests
            .committed(run, task, phase)
            .ifPresent(found -> manifests.add(found.manifest()));
      }
    }
    try (TrackingCheck check = new TrackingCheck(fixture.backends.mlflow())) {
      return check.differences(outbox.tracked(run, TrackedRun.WHOLE).orElseThrow(), manifests);
    }
  }

  @Test
  void aRefusedRowParksTheRunUntilItIsReleased() {
    try (TrackingRelay relay = relay(fixture.backends.mlflow())) {
      relay.drain(run);
      mlflow.deleteRun(outbox.tracked(run, -1).orElseThrow().mlflowRun());
      perform(0, null);

      assertThat(relay.drain(run)).isEqualTo(MetricOutbox.Drain.PARKED);
      assertThat(outbox.parked())
          .filteredOn(parked -> parked.run().equals(run))
          .singleElement()
          .satisfies(parked -> assertThat(parked.hint()).contains("refused with 4"));
      assertThat(outbox.waiting()).doesNotContain(run);

      mlflow.restoreRun(outbox.tracked(run, -1).orElseThrow().mlflowRun());
      assertThat(outbox.release(run)).isTrue();
      assertThat(relay.drain(run)).isEqualTo(MetricOutbox.Drain.EMPTY);
    }
  }
}
