package io.autoseed.learning.dataset;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sequence file says about a data set beside its path.
 *
 * @param texts texts of classes, by class name; they replace the data set's own
 * @param templates sentences with a {@code {}} for the text; empty: the data set's own
 * @param domain the part of a file of features to use; null: the whole
 * @param train the name of the training split in the data set; null: {@code train}, or what its
 *     meta.json says
 * @param test like {@code train}
 */
public record DataSetOptions(
    Map<String, List<String>> texts,
    List<String> templates,
    String domain,
    String train,
    String test) {
  public static final DataSetOptions NONE =
      new DataSetOptions(Map.of(), List.of(), null, null, null);

  public DataSetOptions {
    texts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    templates = List.copyOf(templates);
  }
}
