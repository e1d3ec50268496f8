package io.autoseed.worker.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.autoseed.learning.metrics.CellRow;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that is shown of one run: what {@code show --json} prints and the console draws.
 *
 * @param sequence the sequence's name
 * @param sequenceDigest its SHA-256
 * @param failure why it ended without being done, or null
 * @param codeVersion of the build that submitted it
 * @param createdAt ISO-8601 in UTC
 * @param seconds from submission to the end, or until now
 * @param matrix R[i][j] in percent, class-incremental; null where nothing was measured. In JSON a
 *     row is an object of the measured cells by task, from 0
 * @param memoryBytesPerClass bytes kept between tasks, a class; null before the first evaluation
 * @param phaseSeconds compute seconds by phase
 * @param seeds fidelity and spread of the seeds by name; empty without seeds, or before the end
 * @param digests SHA-256 of each object of the last learner state
 * @param beside the run that this baseline accompanies, or null
 * @param study that it is a member of, or null
 * @param dropsFeatures whether training features go once their task is published
 * @param baselines ids of the runs that accompany this one
 * @param tracking {@code delivered}, {@code pending} or why MLflow refused
 * @param trackingExperiment id of its experiment in MLflow, or null before it was told
 * @param trackingRun the run's id in MLflow, or null before it was told
 */
public record RunView(
    String run,
    String state,
    String failure,
    String sequence,
    String sequenceDigest,
    String strategy,
    String codeVersion,
    String numericProfile,
    String createdAt,
    double seconds,
    @JsonSerialize(contentUsing = MeasuredCells.class) List<List<Double>> matrix,
    Headline metrics,
    Double memoryBytesPerClass,
    Map<String, Double> phaseSeconds,
    Map<String, Double> seeds,
    Map<String, String> digests,
    List<TaskView> tasks,
    String beside,
    String study,
    boolean dropsFeatures,
    List<String> baselines,
    String tracking,
    String trackingExperiment,
    String trackingRun) {
  /**
   * A task and its phases, in order; those not begun are missing.
   *
   * @param sharedWith the run that learned it, if this one was forked from that later; else null
   */
  public record TaskView(
      String name,
      String dataset,
      List<String> classes,
      List<PhaseView> phases,
      String sharedWith) {
    boolean done() {
      return phases.stream()
          .anyMatch(
              phase -> phase.phase().equals(Phase.PUBLISH.name()) && phase.manifest() != null);
    }
  }

  /**
   * @param attempts how often it was begun
   * @param waitSeconds from the commit before it, or the submission of the run, to its first
   *     attempt; of ENCODE the encoding of its images included; null if it is shared with another
   *     run
   * @param reused whether an earlier result was adopted, or the task is shared with another run
   * @param computeSeconds spent computing; null before it is committed
   * @param wallSeconds from its first attempt to its commit; null before
   * @param manifest the committed outcome; null before
   */
  public record PhaseView(
      String phase,
      int attempts,
      Double waitSeconds,
      boolean reused,
      Double computeSeconds,
      Double wallSeconds,
      ManifestView manifest) {}

  /** Where a manifest lies and what it is. */
  public record ManifestView(String key, String versionId, String sha256, String outcomeDigest) {}

  public RunView {
    matrix = matrix.stream().<List<Double>>map(CellRow::of).toList();
    phaseSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(phaseSeconds));
    seeds = Collections.unmodifiableMap(new LinkedHashMap<>(seeds));
    digests = Collections.unmodifiableMap(new LinkedHashMap<>(digests));
    tasks = List.copyOf(tasks);
    baselines = List.copyOf(baselines);
  }

  /** Tasks whose last phase is committed, shared ones included. */
  @JsonIgnore
  public int tasksDone() {
    return (int) tasks.stream().filter(TaskView::done).count();
  }

  /** Whether nothing will change any more. */
  @JsonIgnore
  public boolean ended() {
    return RunState.isEnd(state);
  }

  /** The part of it that reports show. */
  @JsonIgnore
  public RunResult result() {
    return new RunResult(
        run,
        state,
        sequence,
        strategy,
        tasks.stream().map(TaskView::name).toList(),
        tasks.stream().map(task -> task.classes().size()).toList(),
        matrix,
        metrics,
        memoryBytesPerClass,
        seconds,
        phaseSeconds,
        seeds);
  }
}
