package io.autoseed.learning.sequence;

import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What comes before a sequence file's own tasks when it goes on from a run: a file that is appended
 * or forked from. What such a file leaves out is as it was.
 *
 * @param run the run's id, for errors
 * @param document the run's revision
 * @param tasks the tasks that stay: all of the revision's, or the first of them
 * @param datasetRoots where their data sets lie, absolute
 */
public record SequencePast(
    String run,
    SequenceDocument document,
    List<TaskDocument> tasks,
    Map<String, Path> datasetRoots) {
  private static final int DEFAULT_RANDOM_SEED = 1993;

  /** Nothing before: what a file may leave out has its default. */
  static final SequencePast NONE =
      new SequencePast(
          null,
          new SequenceDocument(
              null,
              "builtin",
              null,
              null,
              new TreeMap<>(),
              DEFAULT_RANDOM_SEED,
              new EvaluationRows(EvaluationRows.Kind.ALL, 0),
              null,
              List.of(),
              null),
          List.of(),
          Map.of());

  public SequencePast {
    tasks = List.copyOf(tasks);
    datasetRoots = Map.copyOf(datasetRoots);
  }

  boolean isNone() {
    return run == null;
  }

  /** Whether a plan of tasks repeats these at its start. */
  boolean begins(List<TaskDocument> plan) {
    return plan.size() >= tasks.size() && plan.subList(0, tasks.size()).equals(tasks);
  }

  /**
   * Data sets of these tasks and of the file, by name.
   *
   * @throws SequenceException if the file has another data set under the name of one of these
   */
  Map<String, Path> rootsWith(Map<String, SequenceDataset> datasets, Section file) {
    Map<String, Path> roots = new LinkedHashMap<>();
    for (TaskDocument task : tasks) {
      Path before = datasetRoots.get(task.dataset());
      SequenceDataset now = datasets.get(task.dataset());
      if (now != null && !now.root().equals(before) && !now.digest().equals(task.datasetDigest())) {
        throw file.section("datasets")
            .refuse(
                task.dataset(),
                "run "
                    + run
                    + " has another data set of that name, "
                    + before
                    + "; rename this one");
      }
      roots.put(task.dataset(), now == null ? before : now.root());
    }
    return roots;
  }
}
