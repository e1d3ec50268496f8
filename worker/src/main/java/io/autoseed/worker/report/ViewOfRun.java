package io.autoseed.worker.report;

import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.catalog.RunHistory.Whole;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.TaskRow;
import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.store.Manifest;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.worker.report.RunView.ManifestView;
import io.autoseed.worker.report.RunView.PhaseView;
import io.autoseed.worker.report.RunView.TaskView;
import io.autoseed.workflows.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Turns the rows of a run into what is shown of it. */
final class ViewOfRun {
  private static final String STATE_SUFFIX = ".safetensors";
  private static final String FEATURES = "features/";

  private final Whole whole;
  private final Function<PhaseRow, byte[]> manifests;

  /** When its phases were committed, without those that it shares. */
  private final NavigableSet<Instant> commits;

  /**
   * @param manifests reads a committed phase's manifest, checked against its digest
   */
  ViewOfRun(Whole whole, Function<PhaseRow, byte[]> manifests) {
    this.whole = whole;
    this.manifests = manifests;
    this.commits =
        whole.phases().stream()
            .filter(row -> own(row) && row.committed())
            .map(PhaseRow::committedAt)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  RunView view() {
    RunRow run = whole.run();
    Instant end = run.finishedAt() == null ? Instant.now() : run.finishedAt();
    Map<String, Double> metrics = whole.sequenceMetrics();
    return new RunView(
        run.id(),
        run.state(),
        run.failure(),
        run.sequenceName(),
        run.sequenceDigest(),
        run.strategy(),
        run.codeVersion(),
        run.numericProfile(),
        run.createdAt().toString(),
        Duration.between(run.createdAt(), end).toMillis() / 1e3,
        whole.matrix(AccuracyCell.HEADLINE),
        headline(metrics),
        metrics.get("memoryBytesPerClass"),
        phaseSeconds(),
        seeds(),
        digests(),
        tasks(),
        run.beside(),
        run.study(),
        run.dropsFeatures(),
        whole.beside(),
        tracking(),
        whole.tracked().map(TrackedRun::experiment).orElse(null),
        whole.tracked().map(TrackedRun::mlflowRun).orElse(null));
  }

  /** Transfer is the frozen model's, and left out, where there is no FWT. */
  private static Headline headline(Map<String, Double> metrics) {
    return new Headline(
        metrics.get("last"),
        metrics.get("avg"),
        metrics.get("bwt"),
        metrics.get("forgetting"),
        metrics.get("fwt"),
        metrics.containsKey("fwt") ? metrics.get("transfer") : null);
  }

  private Map<String, Double> phaseSeconds() {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (Phase phase : Phase.values()) {
      whole.phases().stream()
          .filter(row -> row.phase().equals(phase.name()) && row.computeSeconds() != null)
          .filter(row -> row.reusedFrom() == null && own(row))
          .forEach(row -> seconds.merge(phase.name(), row.computeSeconds(), Double::sum));
    }
    return seconds;
  }

  /** What the last EVALUATE says of the seeds: its metrics of that name. */
  private Map<String, Double> seeds() {
    Map<String, Double> seeds = new TreeMap<>();
    whole.metrics().stream()
        .filter(row -> row.phase().equals(Phase.EVALUATE.name()) && row.name().startsWith("seed"))
        .forEach(row -> seeds.put(row.name(), row.value()));
    return seeds;
  }

  /** Objects of the newest learner state that a finished task left: state and centre. */
  private Map<String, String> digests() {
    Optional<PhaseRow> last =
        whole.phases().stream()
            .filter(row -> row.phase().equals(Phase.PUBLISH.name()) && row.committed())
            .max(Comparator.comparingInt(PhaseRow::task));
    Map<String, String> digests = new TreeMap<>();
    if (last.isPresent()) {
      Manifest manifest = CanonicalJson.read(manifests.apply(last.get()), Manifest.class);
      manifest
          .outcome()
          .objects()
          .forEach(
              (name, content) -> {
                if (name.endsWith(STATE_SUFFIX) && !name.startsWith(FEATURES)) {
                  digests.put(
                      name.substring(0, name.length() - STATE_SUFFIX.length()), content.sha256());
                }
              });
    }
    return digests;
  }

  private List<TaskView> tasks() {
    Map<Integer, List<PhaseRow>> phases =
        whole.phases().stream().collect(Collectors.groupingBy(PhaseRow::task));
    return whole.tasks().stream()
        .map(task -> task(task, phases.getOrDefault(task.task(), List.of())))
        .toList();
  }

  private TaskView task(TaskRow task, List<PhaseRow> phases) {
    String sharedWith =
        phases.stream().filter(row -> !own(row)).map(PhaseRow::run).findFirst().orElse(null);
    List<PhaseView> inOrder =
        phases.stream()
            .sorted(Comparator.comparing(row -> Phase.valueOf(row.phase())))
            .map(this::phase)
            .toList();
    return new TaskView(task.name(), task.dataset(), task.classes(), inOrder, sharedWith);
  }

  private boolean own(PhaseRow row) {
    return row.run().equals(whole.run().id());
  }

  private PhaseView phase(PhaseRow row) {
    return new PhaseView(
        row.phase(),
        row.attempts(),
        waitSeconds(row),
        row.reusedFrom() != null || !own(row),
        row.computeSeconds(),
        row.committed()
            ? (Double) (Duration.between(row.startedAt(), row.committedAt()).toMillis() / 1e3)
            : null,
        row.committed()
            ? new ManifestView(
                row.manifestKey(), row.manifestVersion(), row.manifestSha256(), row.outcomeDigest())
            : null);
  }

  private Double waitSeconds(PhaseRow row) {
    if (!own(row)) {
      return null;
    }
    Instant before = commits.floor(row.startedAt());
    Instant ready = before == null ? whole.run().createdAt() : before;
    return Math.max(0, Duration.between(ready, row.startedAt()).toMillis()) / 1e3;
  }

  private String tracking() {
    RunRow run = whole.run();
    if (run.parked() != null) {
      return run.parked();
    }
    return run.undelivered() == 0 ? "delivered" : "pending";
  }
}
