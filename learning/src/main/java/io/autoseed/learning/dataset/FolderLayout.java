package io.autoseed.learning.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code split/class/file}; other splits, such as val, are left alone. */
record FolderLayout() implements ImageLayout {
  @Override
  public ClassTexts texts(FileTree tree) {
    return ClassTexts.of(tree);
  }

  @Override
  public Listing list(FileTree tree, DataSetOptions options) {
    ClassTexts texts = texts(tree);
    return new Listing(
        texts,
        split(tree, "train", options.train(), texts),
        split(tree, "test", options.test(), texts));
  }

  private static Map<String, List<String>> split(
      FileTree tree, String role, String named, ClassTexts texts) {
    String folder = named != null ? named : texts.splits().getOrDefault(role, role);
    List<String> folders = tree.folders();
    if (!folders.contains(folder)) {
      throw new DataSetException(
          tree.root()
              + " has no folder '"
              + SafePath.printable(folder)
              + "' for the "
              + role
              + " split, only "
              + folders
              + "; name the folder with "
              + role
              + ":");
    }
    Map<String, List<String>> classes = new LinkedHashMap<>();
    for (String path : tree.files(folder)) {
      String name = path.substring(folder.length() + 1, path.lastIndexOf('/'));
      classes.computeIfAbsent(name, unseen -> new ArrayList<>()).add(path);
    }
    return classes;
  }
}
