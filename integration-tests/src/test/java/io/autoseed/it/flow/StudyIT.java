package io.autoseed.it.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.study.StudyEstimate;
import io.autoseed.activities.study.StudyMetric;
import io.autoseed.activities.study.StudyObjects;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudySubmission;
import io.autoseed.activities.study.StudyWatch;
import io.autoseed.it.TestStack;
import io.autoseed.it.flow.WorkerFleet.WorkerHandle;
import io.autoseed.learning.local.LocalRun;
import io.autoseed.learning.sequence.ResolvedStudy;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyFile;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.StudyStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A study whose worker is killed: its table is that of the same runs in memory. */
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
  void aStudyWhoseWorkerIsKilledReportsWhatTheSameRunsMeasureInMemory() throws Exception {
    SmallSequence.write(folder.resolve("data"), 11, "{name: er}");
    Path file =
        Files.writeString(
            folder.resolve("data/study.yaml"),
            """
            name: small-study
            sequence: sequence.yaml
            strategies: [{name: slda}, {name: er, steps: 3000}]
            orders: 2
            """);
    ResolvedStudy study = StudyFile.read(file, Map.of());
    String id = StudySubmission.id(study, DurableRun.unique("study"), "avx2");
    StudyWatch watch = new StudyWatch(durable.client());
    try (WorkerFleet workers = new WorkerFleet(TestStack.addresses().home(), folder)) {
      WorkerHandle victim = workers.startReady();
      submit(id, study);
      DurableRun.eventually(
          "the first run's end", () -> watch.status(id).filter(found -> found.done() > 0));

      victim.kill();
      assertThat(watch.underWay(id)).isTrue();
      workers.startReady();

      DurableRun.eventually("the report", () -> watch.status(id).filter(StudyStatus::reported));
    }
    StudyReport report = objects().report(id).orElseThrow();
    assertThat(report.whole()).isTrue();
    assertThat(objects().files(id)).containsKeys("report.html", "report.md", "report.json");
    requireMeasured(report, study);
  }

  private static void submit(String id, ResolvedStudy study) {
    new StudySubmission(durable.store(), cache, durable.catalog(), durable.client())
        .submit(
            id,
            study,
            "avx2",
            "test",
            new StudySubmission.Effort(
                study.document().members().size(),
                new StudyEstimate.Pace(2, 1),
                null,
                new RunPolicy(DurableRun.HEARTBEAT_SECONDS, 8)));
  }

  private static StudyObjects objects() {
    return new StudyObjects(durable.store(), new Documents(durable.store(), cache));
  }

  /** Every run's metrics are those of its sequence in memory, to the bit. */
  private static void requireMeasured(StudyReport report, ResolvedStudy study) {
    List<StudyDocument.Member> members = study.document().members();
    assertThat(report.cells()).hasSameSizeAs(members).hasSize(4);
    for (int m = 0; m < members.size(); m++) {
      Cell cell = report.cells().get(m);
      LocalRun local = SmallSequence.local(study.sequences().get(members.get(m).sequence()));
      assertThat(timeless(cell.values()))
          .as(cell.run())
          .isEqualTo(timeless(local.metrics().classIncremental()));
    }
  }

  private static SortedMap<String, Double> timeless(SortedMap<String, Double> values) {
    SortedMap<String, Double> kept = new TreeMap<>(values);
    kept.keySet().retainAll(shown());
    return kept;
  }

  private static List<String> shown() {
    return List.of(StudyMetric.values()).stream()
        .filter(metric -> metric != StudyMetric.SECONDS)
        .map(StudyMetric::key)
        .toList();
  }
}
