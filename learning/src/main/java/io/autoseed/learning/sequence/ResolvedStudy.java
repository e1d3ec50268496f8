package io.autoseed.learning.sequence;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A study file that passed every check.
 *
 * @param document what is submitted
 * @param sequences what the members learn, by the digests that {@code document.members()} name;
 *     those of one class order share their tasks
 */
public record ResolvedStudy(StudyDocument document, Map<String, ResolvedSequence> sequences) {
  public ResolvedStudy {
    sequences = Collections.unmodifiableMap(new LinkedHashMap<>(sequences));
  }

  /** SHA-256 of the document's canonical JSON. */
  public String digest() {
    return CanonicalJson.digest(document);
  }

  /** One of the sequences: data sets and the number of tasks and classes are those of all. */
  public ResolvedSequence anySequence() {
    return sequences.values().iterator().next();
  }
}
