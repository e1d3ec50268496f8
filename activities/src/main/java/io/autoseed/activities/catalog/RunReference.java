package io.autoseed.activities.catalog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What people call a run: its id, its name, or enough of the start of its id. */
final class RunReference {
  private static final int SHOWN = 3;

  private RunReference() {}

  /**
   * The id of the run that is meant.
   *
   * @param text an id; else the name of one run alone; else the start of the id of one alone. Runs
   *     that accompany another or are members of a study go by their whole id
   * @return empty if there is none
   * @throws CatalogException if several are meant
   */
  static Optional<String> resolve(Handle handle, String text) {
    if (text.isEmpty()) {
      return Optional.empty();
    }
    List<String> called = handle.attach(RunDao.class).called(text, Runs.AFTER_NAME, SHOWN + 1);
    if (called.size() > 1) {
      throw new CatalogException(
          "several runs begin with "
              + text
              + ", the newest first: "
              + String.join(", ", called.subList(0, Math.min(SHOWN, called.size())))
              + (called.size() > SHOWN ? ", ..." : "")
              + ": give more of the id");
    }
    return called.stream().findFirst();
  }

  /** The newest runs of a name, a few at most; without those that go by their whole id alone. */
  static List<String> named(Handle handle, String name) {
    return handle.attach(RunDao.class).named(name, Runs.AFTER_NAME, SHOWN);
  }

  /**
   * A task of a run.
   *
   * @param task its name, or else its index from 0
   * @throws CatalogException if the run has no such task
   */
  static int task(Handle handle, String run, String task) {
    List<TaskRow> tasks = handle.attach(RunDao.class).tasks(run);
    return Stream.concat(
            tasks.stream().filter(row -> row.name().equals(task)),
            tasks.stream().filter(row -> Integer.toString(row.task()).equals(task)))
        .mapToInt(TaskRow::task)
        .findFirst()
        .orElseThrow(
            () ->
                new CatalogException(
                    "run %s has no task %s: autoseed show names them".formatted(run, task)));
  }
}
