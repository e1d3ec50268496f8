package io.autoseed.learning.dataset;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that matters of a data set: its classes in the order listed, with texts, splits and the
 * digest of every file.
 *
 * @param features true if it holds precomputed features instead of images
 * @param embeddings SHA-256 over the texts' embeddings that come with features; empty for images
 * @param licence as the data set states it; {@code "not stated"} if it does not
 * @param source where it comes from, as stated; may be empty
 * @param remarks what is no error but worth to be known, a line each
 */
public record DataSetContents(
    boolean features,
    List<ClassContents> classes,
    String embeddings,
    String licence,
    String source,
    List<String> remarks) {
  public DataSetContents {
    classes = List.copyOf(classes);
    remarks = List.copyOf(remarks);
  }

  /**
   * @param name 1 to 1,000 characters, none of them a control character
   * @param texts complete prompts, at least one
   * @param train files by SHA-256, then path
   * @param test like {@code train}
   */
  public record ClassContents(
      String name, List<String> texts, List<FileDocument> train, List<FileDocument> test) {
    public ClassContents {
      if (name.isBlank()
          || name.length() > DataSetLimits.TEXT_LENGTH
          || name.chars().anyMatch(Character::isISOControl)) {
        throw new DataSetException(
            "a class is named '"
                + SafePath.printable(name)
                + "'; use 1 to "
                + DataSetLimits.TEXT_LENGTH
                + " characters without control characters");
      }
      texts = List.copyOf(texts);
      train = List.copyOf(train);
      test = List.copyOf(test);
    }
  }

  /** SHA-256 over the classes with their texts, splits and files; not path, licence or remarks. */
  public String digest() {
    Map<String, Object> named = new LinkedHashMap<>();
    named.put("features", features);
    named.put("classes", classes);
    named.put("embeddings", embeddings);
    return CanonicalJson.digest(named);
  }

  public Optional<ClassContents> named(String name) {
    return classes.stream().filter(candidate -> candidate.name().equals(name)).findFirst();
  }

  /** Number of files (of features: rows) in both splits. */
  public int fileCount() {
    return classes.stream().mapToInt(one -> one.train().size() + one.test().size()).sum();
  }
}
