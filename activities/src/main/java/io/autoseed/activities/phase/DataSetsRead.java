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
final class DataSetsRead {
  private DataSetsRead() {}

  /**
   * @param known data sets of earlier tasks, which may be gone by now: they are not looked at again
   * @param roots folder or file of each data set by its name in the sequence file
   * @throws io.autoseed.learning.dataset.DataSetException if one that is not known cannot be opened
   */
  static List<DataSetRow> of(
      List<TaskDocument> tasks, List<DataSetRow> known, Map<String, Path> roots) {
    Map<String, String> licences = new HashMap<>();
    known.forEach(row -> licences.put(row.digest(), row.licence()));
    Map<String, Set<String>> files = new LinkedHashMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    for (TaskDocument task : tasks) {
      names.putIfAbsent(task.datasetDigest(), task.dataset());
      Set<String> read = files.computeIfAbsent(task.datasetDigest(), unseen -> new HashSet<>());
      task.classes()
          .forEach(
              learned -> {
                learned.train().forEach(file -> read.add(file.path()));
                learned.test().forEach(file -> read.add(file.path()));
              });
    }
    List<DataSetRow> rows = new ArrayList<>();
    names.forEach(
        (digest, name) ->
            rows.add(
                new DataSetRow(
                    digest,
                    name,
                    files.get(digest).size(),
                    licences.computeIfAbsent(digest, unknown -> licence(roots.get(name))))));
    return rows;
  }

  private static String licence(Path root) {
    try (DataSet dataSet = DataSet.open(root)) {
      return dataSet.licence();
    }
  }
}
