package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autoseed.activities.audit.RunVerification;
import io.autoseed.activities.catalog.ModelVersion;
import io.autoseed.activities.catalog.Predictions;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.phase.SeedPicture.ShownClass;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.study.StudyEstimate;
import io.autoseed.activities.study.StudyMetric;
import io.autoseed.activities.study.StudyObjects;
import io.autoseed.activities.study.StudyOverview;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.SeedsShown;
import io.autoseed.activities.study.StudySubmission;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedStudy;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyFile;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A study that fails, is started again and loses its worker: its table is that of memory. The next
 * of its name takes over what it has done.
 */
class StudyIT {
  @TempDir private static Path folder;
  private static DurableRun durable;
  private static ObjectCache cache;

  @BeforeAll
  static void connect() {
    durable = new DurableRun(TestStack.addresses(), folder.resolve("cache"));
    cache = new ObjectCache(folder.resolve("cache"), 1L << 30);
  }

  @AfterAll
  static void disconnect() {
    durable.close();
  }

  @Test
  void aStudyThatFailedAndIsStartedAgainMeasuresAfterAKillWhatTheSameRunsMeasureInMemory()
      throws Exception {
    SmallSequence.write(folder.resolve("data"), (int) System.nanoTime(), "{name: er}");
    ResolvedStudy study = study("{name: slda}, {name: er, steps: 12000}, {name: auto-seed}", 2);
    Path features = folder.resolve("data/features.safetensors");
    byte[] original = Files.readAllBytes(features);
    String name = DurableRun.unique("study");
    String id = StudySubmission.id(study, name, "avx2");
    String interrupted = id + "-er-o0-s7-2";
    try (WorkerFleet workers = new WorkerFleet(TestStack.addresses().home(), folder)) {
      submit(id, study);
      assertThat(durable.workflowTaskSeconds(id)).isEqualTo(5);
      Files.write(features, withOtherImages(original));
      WorkerHandle victim = workers.startReady();
      assertThat(reported(id).cells())
          .allSatisfy(
              cell -> {
                assertThat(cell.state()).isEqualTo(RunState.FAILED.name());
                assertThat(cell.reason()).contains("features.safetensors", "changed");
              });

      Files.write(features, original);
      assertThat(watch().makeWay(id)).isTrue();
      submit(id, study);
      freezeInAdapt(victim, interrupted, row -> true);
      victim.kill();
      assertThat(watch().underWay(id)).isTrue();
      WorkerHandle successor = workers.startReady();
      StudyReport report = reported(id);
      requireMeasured(report, study);
      requireSeedsAmongTheirExamples(report.seeds());
      requireTakenOver(id, name, successor);
    }
    assertThat(objects().files(id)).containsKeys("report.html", "report.md", "report.json");
    assertThat(adapt(interrupted)).anyMatch(row -> row.attempts() > 1);
    requireNoModelVersion(id, interrupted);
  }

  /**
   * A file that was changed makes another study, which takes over what is done. A run of it that
   * was cancelled goes on from the tasks that it finished, and its report is made again.
   */
  private static void requireTakenOver(String before, String name, WorkerHandle worker)
      throws Exception {
    ResolvedStudy study = study("{name: slda, label: lda}, {name: er, steps: 8000}", 1);
    String id = StudySubmission.id(study, name, "avx2");
    String run = id + "-er-o0-s7";
    submit(id, study);
    freezeInAdapt(worker, run, row -> row.task() == 1);
    durable.workflow(id).cancel();
    worker.thaw();
    assertThat(reported(id).cells())
        .extracting(Cell::run, Cell::state)
        .containsExactly(tuple(before + "-slda-o0-s7-2", "DONE"), tuple(run, "CANCELLED"));

    assertThat(watch().makeWay(id)).isTrue();
    submit(id, study);
    StudyReport report = reported(id);
    requireSameAsInMemory(report, study);
    assertThat(report.cells()).extracting(Cell::run).contains(run + "-2");
    assertThat(durable.runs().find(run + "-2"))
        .hasValueSatisfying(
            row -> {
              assertThat(row.forkedFrom()).isEqualTo(run);
              assertThat(row.forkedAfterTask()).isZero();
            });

    assertThat(watch().makeWay(id)).isTrue();
    submission().reportAgain(id, study, "avx2", effort(study));
    StudyReport again = reported(id);
    assertThat(again.writtenAt()).isGreaterThan(report.writtenAt());
    assertThat(again.strategies()).isEqualTo(report.strategies());
    assertThat(new StudyOverview(durable.store(), durable.catalog()).of(id))
        .hasValueSatisfying(standing -> assertThat(standing.done()).isEqualTo(2));
  }

  /** ADAPT of er takes a second and more, so that a kill finds it at work on a fast machine. */
  private static ResolvedStudy study(String strategies, int orders) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("data/study.yaml"),
            """
            name: small-study
            sequence: sequence.yaml
            strategies: [%s]
            orders: %d
            """
                .formatted(strategies, orders));
    return StudyFile.read(file, Map.of());
  }

  /** The same data set, every image's features negated. */
  private static byte[] withOtherImages(byte[] safeTensors) throws IOException {
    TreeMap<String, Tensor> tensors = new TreeMap<>(SafeTensors.decode(safeTensors).tensors());
    Tensor images = tensors.get("image");
    float[] values = images.floats();
    for (int i = 0; i < values.length; i++) {
      values[i] = -values[i];
    }
    tensors.put("image", Tensor.of(values, images.shape()));
    return SafeTensors.encode(TensorBundle.of(tensors));
  }

  private static StudyWatch watch() {
    return new StudyWatch(durable.client());
  }

  private static StudyReport reported(String study) throws InterruptedException {
    DurableRun.eventually("the report", () -> watch().status(study).filter(StudyStatus::reported));
    return objects().report(study).orElseThrow();
  }

  /** Stops a worker that is at ADAPT of a run, of one of some tasks. */
  private static void freezeInAdapt(WorkerHandle worker, String run, Predicate<PhaseRow> wanted)
      throws Exception {
    boolean found = false;
    while (!found) {
      DurableRun.eventually(
          "ADAPT of " + run, () -> Optional.of(run).filter(one -> isInAdapt(one, wanted)));
      worker.freeze();
      found = isInAdapt(run, wanted); // it may have ended since it was seen
      if (!found) {
        worker.thaw();
      }
    }
  }

  private static boolean isInAdapt(String run, Predicate<PhaseRow> wanted) {
    return adapt(run).stream().anyMatch(row -> !row.committed() && wanted.test(row));
  }

  /** The trainings of a run that were begun. */
  private static List<PhaseRow> adapt(String run) {
    return new RunHistory(durable.catalog())
        .phases(run).stream()
            .flatMap(found -> found.phases().stream())
            .filter(row -> row.phase().equals(Phase.ADAPT.name()))
            .toList();
  }

  /** Every class has its seeds and its ten test examples, on average at the same place. */
  private static void requireSeedsAmongTheirExamples(SeedsShown shown) {
    assertThat(shown.remark()).isNull();
    assertThat(shown.run()).endsWith("-auto-seed-o0-s7-2");
    assertThat(shown.picture().explained()).isBetween(40.0, 100.0);
    List<ShownClass> classes = shown.picture().classes();
    assertThat(classes).hasSize(6).allSatisfy(one -> assertThat(one.examples()).hasSize(10));
    double own = 0;
    double any = 0;
    for (ShownClass one : classes) {
      for (ShownClass other : classes) {
        double distance = distance(one.seeds(), other.examples());
        any += distance / classes.size();
        own += one.equals(other) ? distance : 0;
      }
    }
    assertThat(own).isLessThan(any / 3);
  }

  /** Between the means of two lists of places. */
  private static double distance(List<List<Double>> some, List<List<Double>> others) {
    return Math.hypot(mean(some, 0) - mean(others, 0), mean(some, 1) - mean(others, 1));
  }

  private static double mean(List<List<Double>> places, int axis) {
    return places.stream().mapToDouble(place -> place.get(axis)).average().orElseThrow();
  }

  /** Runs of a study are there to be compared; each can be predicted with and verified. */
  private static void requireNoModelVersion(String study, String run) {
    assertThat(durable.runs().models())
        .extracting(ModelVersion::run)
        .noneMatch(registered -> registered.startsWith(study));
    assertThat(new Predictions(durable.catalog()).state(run).task()).isEqualTo(2);
    assertThat(
            new RunVerification(durable.store(), durable.catalog())
                .verify(run, (objects, of) -> {})
                .differences())
        .isEmpty();
  }

  private static void submit(String id, ResolvedStudy study) {
    submission().submit(id, study, "avx2", "test", effort(study));
  }

  private static StudySubmission submission() {
    return new StudySubmission(durable.store(), cache, durable.catalog(), durable.client());
  }

  private static StudySubmission.Effort effort(ResolvedStudy study) {
    return new StudySubmission.Effort(
        study.document().members().size(),
        new StudyEstimate.Pace(2, 1),
        null,
        new RunPolicy(DurableRun.HEARTBEAT_SECONDS, 8),
        "autoseed study study.yaml");
  }

  private static StudyObjects objects() {
    return new StudyObjects(durable.store(), new Documents(durable.store(), cache));
  }

  /** Every run took the place of one that failed; its metrics are those in memory, to the bit. */
  private static void requireMeasured(StudyReport report, ResolvedStudy study) {
    assertThat(report.cells()).extracting(Cell::run).allMatch(run -> run.endsWith("-2"));
    assertThat(report.cells()).hasSize(6);
    requireSameAsInMemory(report, study);
    assertThat(report.performed().submitted().command()).isEqualTo("autoseed study study.yaml");
    assertThat(report.performed().computeSeconds()).isPositive();
    assertThat(report.cells())
        .allSatisfy(
            cell ->
                assertThat(cell.values().containsKey(StudyMetric.SEED_FIDELITY.key()))
                    .isEqualTo(cell.label().equals("auto-seed")));
  }

  private static void requireSameAsInMemory(StudyReport report, ResolvedStudy study) {
    assertThat(report.whole()).isTrue();
    List<StudyDocument.Member> members = study.document().members();
    assertThat(report.cells()).hasSameSizeAs(members);
    for (int m = 0; m < members.size(); m++) {
      Cell cell = report.cells().get(m);
      LocalRun local = SmallSequence.local(study.sequences().get(members.get(m).sequence()));
      SortedMap<String, Double> expected = new TreeMap<>(local.metrics().classIncremental());
      expected.put(
          StudyMetric.LAST_TASK_GIVEN.key(), local.metrics().taskIncremental().get("last"));
      if (cell.label().endsWith("lda")) { // it cannot score a task to come
        expected.remove(StudyMetric.TRANSFER.key());
      }
      assertThat(compared(cell.values())).as(cell.run()).isEqualTo(compared(expected));
    }
  }

  /** Times differ, and seeds are measured in runs of the platform alone. */
  private static SortedMap<String, Double> compared(SortedMap<String, Double> values) {
    SortedMap<String, Double> kept = new TreeMap<>(values);
    kept.keySet()
        .retainAll(
            Arrays.stream(StudyMetric.values())
                .filter(metric -> metric != StudyMetric.SECONDS)
                .filter(metric -> metric.unit() != StudyMetric.Unit.RATIO)
                .map(StudyMetric::key)
                .toList());
    return kept;
  }
}
