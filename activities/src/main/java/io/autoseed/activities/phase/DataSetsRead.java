package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.learning.sequence.TaskDocument;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The data sets that tasks read, as the catalog lists them. */
final class DataSetsRead {
  private DataSetsRead() {}

  /**
   * @param licences licence of a data set by its name in the sequence file
   */
  static List<DataSetRow> of(List<TaskDocument> tasks, UnaryOperator<String> licences) {
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
            rows.add(new DataSetRow(digest, name, files.get(digest).size(), licences.apply(name))));
    return rows;
  }
}
