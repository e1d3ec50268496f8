package io.autoseed.worker.report;

import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.autoseed.learning.metrics.CellRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run measured, ready to be shown.
 *
 * @param run the run's id
 * @param state {@code RUNNING}, {@code DONE}, {@code FAILED}, ...
 * @param sequence the sequence's name
 * @param strategy the strategy's name
 * @param tasks names of the tasks in order
 * @param classCounts classes of each task
 * @param matrix R[i][j] in percent, class-incremental; null where nothing was measured. In JSON a
 *     row is an object of the measured cells by task, from 0
 * @param metrics the run's metrics
 * @param memoryBytesPerClass bytes kept between tasks, a class; null before the first evaluation
 * @param seconds from submission to the end, or until now
 * @param phaseSeconds compute seconds by phase, in the order of the phases
 * @param seeds fidelity and spread of the seeds by name; empty without seeds, or before the end
 */
public record RunResult(
    String run,
    String state,
    String sequence,
    String strategy,
    List<String> tasks,
    List<Integer> classCounts,
    @JsonSerialize(contentUsing = MeasuredCells.class) List<List<Double>> matrix,
    Headline metrics,
    Double memoryBytesPerClass,
    double seconds,
    Map<String, Double> phaseSeconds,
    Map<String, Double> seeds) {
  public RunResult {
    tasks = List.copyOf(tasks);
    classCounts = List.copyOf(classCounts);
    matrix = matrix.stream().<List<Double>>map(CellRow::of).toList();
    phaseSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(phaseSeconds));
    seeds = Collections.unmodifiableMap(new LinkedHashMap<>(seeds));
  }

  /** Of all phases; features that another run had encoded already cost this one nothing. */
  double computeSeconds() {
    return phaseSeconds.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /**
   * The learning curve: entry i is the mean accuracy in percent over the tasks 0..i after task i,
   * null where a cell of the row is missing.
   */
  public List<Double> curve() {
    List<Double> curve = new ArrayList<>();
    for (int i = 0; i < matrix.size(); i++) {
      List<Double> seen = matrix.get(i).subList(0, Math.min(i + 1, matrix.get(i).size()));
      curve.add(
          seen.size() == i + 1 && !seen.contains(null)
              ? (Double) seen.stream().mapToDouble(Double::doubleValue).average().orElseThrow()
              : null);
    }
    return Collections.unmodifiableList(curve);
  }
}
