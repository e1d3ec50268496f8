package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.sequence.TaskDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The data sets that tasks read, as the catalog lists them. */
public final class DataSetsRead {
  private DataSetsRead() {}

  /**
   * @param known data sets of earlier tasks, which may be gone by now: they are not looked at
   *     again, and come first, in their order
   * @param roots folder or file of each data set by its name in the sequence file
   * @throws io.autoseed.learning.dataset.DataSetException if one that is not known cannot be opened
   */
  static List<DataSetRow> of(
      List<TaskDocument> tasks, List<DataSetRow> known, Map<String, Path> roots) {
    Map<String, String> licences = new HashMap<>();
    known.forEach(row -> licences.put(row.digest(), row.licence()));
    Map<String, String> names = new LinkedHashMap<>();
    known.forEach(row -> names.put(row.digest(), row.name()));
    Map<String, Integer> files = files(tasks);
    names.keySet().retainAll(files.keySet());
    Set<String> named = new HashSet<>();
    tasks.stream()
        .filter(task -> named.add(task.datasetDigest()))
        .forEach(task -> names.put(task.datasetDigest(), task.dataset()));
    List<DataSetRow> rows = new ArrayList<>();
    names.forEach(
        (digest, name) ->
            rows.add(
                new DataSetRow(
                    digest,
                    name,
                    files.get(digest),
                    licences.computeIfAbsent(digest, unknown -> licence(roots.get(name))))));
    return rows;
  }

  /**
   * As they were when the run had no more than these tasks.
   *
   * @param known the data sets of the run, with more files perhaps; those that it does not name are
   *     left out
   */
  public static List<DataSetRow> by(List<TaskDocument> tasks, List<DataSetRow> known) {
    Map<String, Integer> files = files(tasks);
    return known.stream()
        .filter(row -> files.containsKey(row.digest()))
        .map(
            row -> new DataSetRow(row.digest(), row.name(), files.get(row.digest()), row.licence()))
        .toList();
  }

  /** How many files are read of each data set, by its digest. */
  private static Map<String, Integer> files(List<TaskDocument> tasks) {
    Map<String, Set<String>> files = new HashMap<>();
    for (TaskDocument task : tasks) {
      Set<String> read = files.computeIfAbsent(task.datasetDigest(), unseen -> new HashSet<>());
      task.classes()
          .forEach(
              learned -> {
                learned.train().forEach(file -> read.add(file.path()));
                learned.test().forEach(file -> read.add(file.path()));
              });
    }
    Map<String, Integer> counts = new HashMap<>();
    files.forEach((digest, read) -> counts.put(digest, read.size()));
    return counts;
  }

  private static String licence(Path root) {
    try (DataSet dataSet = DataSet.open(root)) {
      return dataSet.licence();
    }
  }
}
