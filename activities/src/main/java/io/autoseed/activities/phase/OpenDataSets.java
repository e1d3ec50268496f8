package io.autoseed.activities.phase;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.dataset.UnreadableDataException;
import io.autoseed.workflows.Failures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Data sets opened by this process, each once for as long as its file is the same. A data set whose
 * file was replaced is opened again, and the old one closed when its last reader is done.
 * Thread-safe.
 */
final class OpenDataSets implements AutoCloseable {
  private final Map<Path, Opened> open = new HashMap<>();

  /** A data set, what its files were when it was opened, and how many read it at the moment. */
  private static final class Opened {
    private final DataSet dataSet;
    private final List<Object> files;
    private int readers;
    private boolean replaced;

    Opened(DataSet dataSet, List<Object> files) {
      this.dataSet = dataSet;
      this.files = files;
    }
  }

  /** Reads from the data set of that name in a run. */
  <T> T with(RunDocument run, String name, Function<DataSet, T> reading) {
    String root = run.datasetRoots().get(name);
    if (root == null) {
      throw Failures.badInput(
          "run " + run.run() + " names no folder for the data set '" + name + "': submit it again",
          null);
    }
    Opened opened = acquire(Path.of(root));
    try {
      return reading.apply(opened.dataSet);
    } finally {
      release(opened);
    }
  }

  private synchronized Opened acquire(Path root) {
    List<Object> files = identity(root);
    Opened opened = open.get(root);
    if (opened == null || !opened.files.equals(files)) {
      opened = new Opened(DataSet.open(root), files);
      Opened old = open.put(root, opened);
      if (old != null) {
        old.replaced = true;
        closeUnlessRead(old);
      }
    }
    opened.readers++;
    return opened;
  }

  private synchronized void release(Opened opened) {
    opened.readers--;
    if (opened.replaced) {
      closeUnlessRead(opened);
    }
  }

  private static void closeUnlessRead(Opened opened) {
    if (opened.readers == 0) {
      opened.dataSet.close();
    }
  }

  /**
   * Which file lies at {@code root}, by inode, size and time, and beside it the description of
   * features. A folder's own files are read and checked each time; it stays open.
   */
  private static List<Object> identity(Path root) {
    List<Object> identity = new ArrayList<>();
    if (!Files.isDirectory(root)) {
      String name = root.getFileName().toString();
      int dot = name.lastIndexOf('.');
      identity.addAll(attributes(root));
      identity.addAll(
          attributes(
              root.resolveSibling(name.substring(0, dot < 0 ? name.length() : dot) + ".json")));
    }
    return identity;
  }

  private static List<Object> attributes(Path file) {
    try {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return List.of(String.valueOf(found.fileKey()), found.size(), found.lastModifiedTime());
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new UnreadableDataException(file + " cannot be read (" + e + "); check it", e);
    }
  }

  @Override
  public synchronized void close() {
    open.values().forEach(opened -> opened.dataSet.close());
    open.clear();
  }
}
