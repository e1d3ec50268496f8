package io.autoseed.learning.dataset;

import java.util.List;
import java.util.Map;

/** Which file of a tree belongs to which class and split. */
sealed interface ImageLayout permits FolderLayout, CsvLayout {
  /**
   * @param texts of the classes, templates, licence
   * @param train paths by class name
   * @param test paths by class name
   */
  record Listing(
      ClassTexts texts, Map<String, List<String>> train, Map<String, List<String>> test) {}

  Listing list(FileTree tree, DataSetOptions options);

  ClassTexts texts(FileTree tree);
}
