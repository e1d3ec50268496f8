package io.autoseed.activities.study;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.StoreException;
import io.autoseed.learning.sequence.StudyDocument;
import io.temporal.failure.ApplicationFailure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Every study that was submitted: how far it is, its newest report. Read-only. Asks the store and
 * the catalog, never Temporal, whose histories expire. Thread-safe.
 */
public final class StudyOverview {
  private static final int SHOWN = 3;
  private static final int REMEMBERED = 64;

  /** What does not change of a study. */
  private record Submitted(String profile, StudyDocument document) {}

  private final StudyObjects objects;
  private final RunHistory history;

  /** By the study's id, which stands for its content. */
  private final Remembered<Submitted> documents = new Remembered<>(REMEMBERED);

  /**
   * By the report's SHA-256: a report holds every number of its study, and a list needs a few
   * words.
   */
  private final Remembered<Optional<StudyStanding.Ending>> endings = new Remembered<>(REMEMBERED);

  public StudyOverview(ArtifactStore store, Catalog catalog) {
    this.objects = new StudyObjects(store, new Documents(store, ObjectCache.none()));
    this.history = new RunHistory(catalog);
  }

  /**
   * The studies that were submitted last, the newest first. One whose objects are damaged or gone
   * is {@link StudyStanding#UNREADABLE}.
   *
   * @param seen how a study stands that was recorded so
   * @param limit how many at most
   */
  public List<StudyStanding> newest(
      RunFilter filter, UnaryOperator<StudyStanding> seen, int limit) {
    return objects.newestFirst().stream()
        .filter(filter::names)
        .map(this::listed)
        .map(seen)
        .filter(study -> filter.admits(study.state()))
        .limit(limit)
        .sorted(
            Comparator.comparing(
                StudyStanding::createdAt, Comparator.nullsFirst(Comparator.reverseOrder())))
        .toList();
  }

  private StudyStanding listed(String study) {
    try {
      return standing(study);
    } catch (ApplicationFailure | StoreException damaged) {
      return StudyStanding.unreadable(study);
    }
  }

  /** The study of that id, if there is one. */
  public Optional<StudyStanding> of(String study) {
    return objects.called(study).stream().filter(study::equals).findFirst().map(this::standing);
  }

  /**
   * The study of that name, or else the one whose id begins so.
   *
   * @return empty if there is none, and for an empty text
   * @throws CatalogException if there are several
   */
  public Optional<StudyStanding> called(String start) {
    if (start.isEmpty()) {
      return Optional.empty();
    }
    List<String> begin = objects.called(start);
    List<String> named =
        begin.stream().filter(study -> StudySubmission.isNamed(study, start)).toList();
    List<String> called = named.isEmpty() ? begin : named;
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
    Submitted submitted = documents.get(study, () -> submitted(study));
    return StudyStanding.of(
        study,
        submitted.document(),
        history.memberStates(study),
        () -> ending(study),
        () -> elsewhere(study, submitted));
  }

  private Submitted submitted(String study) {
    StudyRecord record = objects.record(study);
    return new Submitted(record.profile(), objects.document(record));
  }

  private Set<String> elsewhere(String study, Submitted submitted) {
    return MemberRuns.doneElsewhere(
            history, study, submitted.profile(), submitted.document().members())
        .keySet();
  }

  private Optional<StudyStanding.Ending> ending(String study) {
    return objects
        .failure(study)
        .map(StudyStanding.Ending::failed)
        .or(() -> objects.reportDigest(study).flatMap(digest -> reported(study, digest)));
  }

  private Optional<StudyStanding.Ending> reported(String study, String digest) {
    return endings.get(digest, () -> report(study).map(StudyStanding.Ending::of));
  }
}
