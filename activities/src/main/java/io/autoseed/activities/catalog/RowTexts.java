package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.store.ArtifactReference;
import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Rows of one run as texts by name, so that two accounts of them can be compared: what the store
 * says they must be ({@link ExpectedRows}) and what the catalog holds ({@link RecordedRows}).
 */
final class RowTexts {
  private final SortedMap<String, String> rows = new TreeMap<>();

  SortedMap<String, String> rows() {
    return Collections.unmodifiableSortedMap(rows);
  }

  private void add(String name, Object... values) {
    rows.put(name, text(values));
  }

  /** As the catalog's {@code ON CONFLICT DO NOTHING}: the first of a name stays. */
  private void addOnce(String name, Object... values) {
    rows.putIfAbsent(name, text(values));
  }

  private static String text(Object... values) {
    return Arrays.stream(values)
        .map(value -> value == null ? "none" : value.toString())
        .collect(Collectors.joining(", "));
  }

  void run(RunDao.Inserted run, String sequenceDigest, String state, String failure, Object ended) {
    add(
        "run",
        run.sequenceName(),
        sequenceDigest,
        run.strategy(),
        run.settings(),
        run.randomSeed(),
        run.codeVersion(),
        run.numericProfile(),
        run.reuse(),
        run.forkedFrom(),
        run.forkedAfterTask(),
        run.beside(),
        run.study(),
        run.dropsFeatures(),
        run.createdAt(),
        state,
        failure,
        ended);
  }

  void task(TaskRow task) {
    add(
        "task " + task.task(),
        task.name(),
        task.digest(),
        task.dataset(),
        task.datasetDigest(),
        task.classes());
  }

  void phase(int task, String phase, String phaseKey, PhaseDao.Committed row) {
    add(
        "phase " + RunStory.name(task, phase),
        row.manifestKey(),
        row.manifestVersion(),
        row.manifestSha256(),
        row.outcomeDigest(),
        phaseKey,
        row.reusedFrom(),
        row.computeSeconds(),
        row.at());
  }

  void attempt(int task, String phase, long token, String host, String build, String profile) {
    add("attempt " + RunStory.name(task, phase) + " " + token, host, build, profile);
  }

  void edge(int task, String phase, String direction, String name, ArtifactReference artifact) {
    addOnce(
        "lineage "
            + RunStory.name(task, phase)
            + " "
            + direction
            + " "
            + artifact.uri()
            + " "
            + artifact.version(),
        name,
        artifact.sha256(),
        artifact.bytes(),
        artifact.kind());
  }

  void metric(int task, String phase, String name, double value) {
    addOnce("metric " + RunStory.name(task, phase) + " " + name, value);
  }

  void accuracy(AccuracyCell cell) {
    addOnce(
        "accuracy " + cell.setting() + " after " + cell.afterTask() + " on " + cell.onTask(),
        cell.value());
  }

  void seed(SeedRecord seed) {
    add(
        "seed " + seed.id(),
        seed.classNumber(),
        seed.className(),
        seed.taskBorn(),
        seed.taskPruned(),
        seed.utility(),
        seed.objectKey(),
        seed.objectVersion(),
        seed.objectSha256(),
        seed.row());
  }

  void outbox(OutboxRow row) {
    add("outbox " + row.number(), row.createdAt(), row.kind(), row.payload());
  }

  void model(String name, int task, String manifestKey, String version, String outcomeDigest) {
    add("model version", name, task, manifestKey, version, outcomeDigest);
  }
}
