package io.autoseed.activities.phase;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.workflows.Failures;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Data sets opened by this process, each once. Thread-safe. */
final class OpenDataSets implements AutoCloseable {
  private final Map<Path, DataSet> open = new ConcurrentHashMap<>();

  /** The data set of that name in a run. */
  DataSet of(RunDocument run, String name) {
    String root = run.datasetRoots().get(name);
    if (root == null) {
      throw Failures.badInput(
          "run " + run.run() + " names no folder for the data set '" + name + "': submit it again",
          null);
    }
    return open.computeIfAbsent(Path.of(root), DataSet::open);
  }

  @Override
  public void close() {
    open.values().forEach(DataSet::close);
  }
}
