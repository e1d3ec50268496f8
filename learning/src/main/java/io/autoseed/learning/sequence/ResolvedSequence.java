package io.autoseed.learning.sequence;

import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.StrategyFactory;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A sequence file that passed every check.
 *
 * @param document what is submitted
 * @param tasks the documents named by {@code document.tasks()}, in order
 * @param datasetRoots where each data set that a task names lies on this machine, absolute: the
 *     argument of {@code DataSet.open}
 * @param baselines strategies to run beside the main one, on the same tasks with the same random
 *     seed
 */
public record ResolvedSequence(
    SequenceDocument document,
    List<TaskDocument> tasks,
    Map<String, Path> datasetRoots,
    List<String> baselines) {
  public ResolvedSequence {
    tasks = List.copyOf(tasks);
    datasetRoots = Collections.unmodifiableMap(new LinkedHashMap<>(datasetRoots));
    baselines = List.copyOf(baselines);
  }

  /** SHA-256 of the document's canonical JSON: the sequence's name in the platform. */
  public String digest() {
    return CanonicalJson.digest(document);
  }

  /** The number of classes of all tasks. */
  public int classCount() {
    return tasks.stream().mapToInt(task -> task.classes().size()).sum();
  }

  /** The same without runs beside it. */
  public ResolvedSequence withoutBaselines() {
    return new ResolvedSequence(document, tasks, datasetRoots, List.of());
  }

  /**
   * The same tasks with another strategy at its default settings: the run of a baseline.
   *
   * @throws SequenceException if there is no such strategy
   */
  public ResolvedSequence withStrategy(String name) {
    return withStrategy(name, factory(name).complete(Map.of()));
  }

  /**
   * The same tasks with another strategy and its settings, which must be complete and checked.
   *
   * @throws SequenceException if there is no such strategy
   */
  public ResolvedSequence withStrategy(String name, SortedMap<String, Object> settings) {
    return withStrategy(name, factory(name).version(settings), settings);
  }

  ResolvedSequence withStrategy(String name, int version, SortedMap<String, Object> settings) {
    return new ResolvedSequence(
        document.withStrategy(name, version, settings), tasks, datasetRoots, List.of());
  }

  private static StrategyFactory factory(String name) {
    return Strategies.named(name)
        .orElseThrow(() -> new SequenceException("there is no strategy '" + name + "'"));
  }

  /** The same with another random seed; tasks that were shuffled stay as they are. */
  ResolvedSequence withRandomSeed(long randomSeed) {
    return new ResolvedSequence(
        document.withRandomSeed(randomSeed), tasks, datasetRoots, baselines);
  }

  /** The same with other tasks of the same data sets. */
  ResolvedSequence withTasks(List<TaskDocument> other) {
    return new ResolvedSequence(
        document.withTasks(other.stream().map(CanonicalJson::digest).toList()),
        other,
        datasetRoots,
        baselines);
  }

  /** The same under another name. */
  public ResolvedSequence named(String name) {
    return new ResolvedSequence(document.named(name), tasks, datasetRoots, baselines);
  }

  /**
   * This sequence as the next revision of another: the same but for {@code document.parent()}.
   *
   * @param digest of the revision that this one adds tasks to
   */
  public ResolvedSequence withParent(String digest) {
    return new ResolvedSequence(document.withParent(digest), tasks, datasetRoots, baselines);
  }
}
