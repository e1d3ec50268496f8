package io.autoseed.learning.sequence;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.dataset.DataSetContents;
import io.autoseed.learning.dataset.DataSetException;
import io.autoseed.learning.dataset.DataSetOptions;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An entry of {@code datasets}, opened and listed.
 *
 * @param root absolute
 * @param sharedWidth width of features that share a space already; 0 for the built-in model
 */
record SequenceDataset(
    String name, Path root, DataSetContents contents, String digest, int sharedWidth) {
  private static final Logger LOG = LoggerFactory.getLogger(SequenceDataset.class);

  /** Widths of the built-in model's image features and text embeddings. */
  private static final int IMAGE_WIDTH = 1280;

  private static final int TEXT_WIDTH = 384;

  /**
   * @param folder the sequence file's, which relative paths start from
   */
  static SequenceDataset of(String name, Section section, Path folder) {
    section.allow("path", "texts", "templates", "digest", "domain", "train", "test");
    section.require("path", "path: data/" + name);
    if (!SequenceFile.isName(name)) {
      throw new SequenceException(
          section.where(),
          section.pathOf("path").replaceAll("\\.path$", ""),
          "a data set's name has up to 64 letters, digits, dots, dashes and underscores; rename it");
    }
    Path root = root(section, folder);
    DataSetOptions options =
        new DataSetOptions(
            section.has("texts") ? texts(section.section("texts")) : Map.of(),
            templates(section),
            section.text("domain", null),
            section.text("train", null),
            section.text("test", null));
    try (DataSet opened = DataSet.open(root)) {
      DataSetContents contents = opened.contents(options);
      contents.remarks().forEach(LOG::warn);
      String digest = contents.digest();
      checkPin(section, digest);
      checkWidths(section, opened);
      return new SequenceDataset(name, root, contents, digest, sharedWidth(opened));
    } catch (DataSetException e) {
      throw section.refuse("path", e.getMessage());
    }
  }

  /** Features are of the built-in model, or share a space already: then their widths are equal. */
  private static void checkWidths(Section section, DataSet opened) {
    boolean builtin = opened.imageWidth() == IMAGE_WIDTH && opened.textWidth() == TEXT_WIDTH;
    if (opened.hasFeatures() && !builtin && sharedWidth(opened) == 0) {
      throw section.refuse(
          "path",
          "features of widths "
              + opened.imageWidth()
              + " and "
              + opened.textWidth()
              + "; the builtin model has "
              + IMAGE_WIDTH
              + " and "
              + TEXT_WIDTH
              + ", make them with it, or give images and texts of one width");
    }
  }

  private static int sharedWidth(DataSet opened) {
    return opened.imageWidth() == opened.textWidth() ? opened.imageWidth() : 0;
  }

  private static Path root(Section section, Path folder) {
    String path = section.text("path");
    try {
      Path root = folder.resolve(path).normalize();
      if (!Files.exists(root)) {
        throw new SequenceException(
            section.node("path").where(),
            section.pathOf("path"),
            "'" + path + "' does not exist (" + root + "); paths start at the sequence file");
      }
      return root;
    } catch (InvalidPathException e) {
      throw section.refuse("path", "'" + path + "' is no path; correct it");
    }
  }

  private static Map<String, List<String>> texts(Section section) {
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (String name : section.keys()) {
      texts.put(name, section.texts(name));
    }
    return texts;
  }

  private static List<String> templates(Section section) {
    List<String> templates = section.has("templates") ? section.texts("templates") : List.of();
    for (String template : templates) {
      if (template.split("\\{\\}", -1).length != 2) {
        throw section.refuse(
            "templates", "'" + template + "' has not exactly one {} for the class's text; add it");
      }
    }
    return templates;
  }

  private static void checkPin(Section section, String digest) {
    if (!section.has("digest")) {
      return;
    }
    String pinned = section.text("digest");
    if (!pinned.equals(digest)) {
      throw section.refuse(
          "digest",
          "the data set has the digest "
              + digest
              + ", not "
              + pinned
              + "; restore its files, or pin the new digest");
    }
  }
}
