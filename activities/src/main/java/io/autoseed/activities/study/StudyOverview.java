package io.autoseed.activities.study;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.learning.sequence.StudyDocument;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Every study that was submitted: how far it is, its newest report. Read-only. Asks the store and
 * the catalog, never Temporal, whose histories expire. Thread-safe.
 */
public final class StudyOverview {
  private static final int SHOWN = 3;

  private final StudyObjects objects;
  private final RunHistory history;

  /** By the study's id, which stands for its content. */
  private final Map<String, StudyDocument> documents = new ConcurrentHashMap<>();

  public StudyOverview(ArtifactStore store, Catalog catalog) {
    this.objects = new StudyObjects(store, new Documents(store, ObjectCache.none()));
    this.history = new RunHistory(catalog);
  }

  /** All studies, the newest first. */
  public List<StudyStanding> all() {
    return objects.called("").stream()
        .map(this::standing)
        .sorted(
            Comparator.comparing(
                StudyStanding::createdAt, Comparator.nullsFirst(Comparator.reverseOrder())))
        .toList();
  }

  /** The study of that id, if there is one. */
  public Optional<StudyStanding> of(String study) {
    return objects.called(study).stream().filter(study::equals).findFirst().map(this::standing);
  }

  /**
   * The study whose id begins so.
   *
   * @return empty if there is none, and for an empty text
   * @throws CatalogException if there are several
   */
  public Optional<StudyStanding> called(String start) {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    List<String> called = objects.called(start);
    if (called.size() > 1) {
      throw new CatalogException(
          "several studies begin with "
              + start
              + ": "
              + String.join(", ", called.subList(0, Math.min(SHOWN, called.size())))
              + (called.size() > SHOWN ? ", ..." : "")
              + ": give more of the id");
    }
    return called.stream().findFirst().map(this::standing);
  }

  /** The newest report of a study; empty before the first. */
  public Optional<StudyReport> report(String study) {
    return objects.report(study);
  }

  private StudyStanding standing(String study) {
    StudyDocument document =
        documents.computeIfAbsent(study, id -> objects.document(objects.record(id)));
    return StudyStanding.of(study, document, history.memberStates(study), () -> report(study));
  }
}
