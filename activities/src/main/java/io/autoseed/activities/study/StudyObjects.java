package io.autoseed.activities.study;

import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.workflows.Failures;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A study's objects in the store, at {@code studies/<study>/}: its record, and its report or why it
 * has none.
 */
public final class StudyObjects {
  /** The report as data; the other files are made from it. */
  static final String NUMBERS = "report.json";

  private static final String FOLDER = "studies/";
  private static final String RECORD = "study.json";
  private static final String FAILURE = "failure.json";

  private final ArtifactStore store;
  private final Documents documents;

  public StudyObjects(ArtifactStore store, Documents documents) {
    this.store = store;
    this.documents = documents;
  }

  /**
   * Writes a study's document and the newest version of its record: data may have moved since it
   * was started before.
   */
  void write(StudyRecord record, StudyDocument document) {
    documents.put(document);
    store.put(key(record.study(), RECORD), CanonicalJson.bytes(record), "study");
  }

  /** Ids of the studies that were submitted and whose ids begin so, in their order. */
  List<String> called(String start) {
    return records(start).map(StudyObjects::study).toList();
  }

  /** Ids of all studies, those that were submitted last first. */
  List<String> newestFirst() {
    return records("")
        .sorted(Comparator.comparing(ListedObject::lastModified).reversed())
        .map(StudyObjects::study)
        .toList();
  }

  private Stream<ListedObject> records(String start) {
    return store.list(FOLDER + start).stream()
        .filter(listed -> listed.key().endsWith("/" + RECORD));
  }

  private static String study(ListedObject record) {
    String key = record.key();
    return key.substring(FOLDER.length(), key.length() - RECORD.length() - 1);
  }

  /** The record of a study that was submitted. */
  StudyRecord record(String study) {
    String key = key(study, RECORD);
    return store
        .find(key)
        .map(found -> read(found, StudyRecord.class))
        .orElseThrow(
            () ->
                Failures.badInput(
                    "there is no " + key + " in the store: run its study file again", null));
  }

  StudyDocument document(StudyRecord record) {
    return documents.get(record.document(), StudyDocument.class);
  }

  /** Writes the report and the files made from it. */
  void write(StudyReport report, Map<String, byte[]> files) {
    files.forEach((name, bytes) -> store.put(key(report.study(), name), bytes, "report"));
    store.put(key(report.study(), NUMBERS), CanonicalJson.bytes(report), "report");
  }

  /**
   * The newest report of a study; empty before the first.
   *
   * @throws io.temporal.failure.ApplicationFailure not to be tried again, if it is none of this
   *     build
   */
  public Optional<StudyReport> report(String study) {
    return store.find(key(study, NUMBERS)).map(found -> read(found, StudyReport.class));
  }

  /** SHA-256 of the newest report of a study, which is not read; empty before the first. */
  Optional<String> reportDigest(String study) {
    return store.stat(key(study, NUMBERS)).map(StoredObject::sha256);
  }

  /**
   * Writes why the study, as it was submitted last, ends without a report.
   *
   * @param reason one line
   */
  void fail(String study, String reason) {
    submission(study)
        .ifPresent(
            submission ->
                store.put(
                    key(study, FAILURE),
                    CanonicalJson.bytes(new StudyFailure(submission, reason)),
                    "study"));
  }

  /** Why the study, as it was submitted last, ended without a report; empty if it did not. */
  Optional<String> failure(String study) {
    return store
        .find(key(study, FAILURE))
        .map(found -> read(found, StudyFailure.class))
        .filter(failure -> submission(study).filter(failure.submission()::equals).isPresent())
        .map(StudyFailure::reason);
  }

  private Optional<String> submission(String study) {
    return store.stat(key(study, RECORD)).map(StoredObject::versionId);
  }

  private static <T> T read(FoundObject found, Class<T> type) {
    try {
      return CanonicalJson.read(found.bytes(), type);
    } catch (IllegalArgumentException e) {
      throw Failures.badInput(found.stored().key() + ": " + e.getMessage(), e);
    }
  }

  /** The report's files by name, the data included. */
  public Map<String, byte[]> files(String study) {
    Map<String, byte[]> files = new TreeMap<>();
    String folder = key(study, "");
    store.list(folder).stream()
        .map(listed -> listed.key().substring(folder.length()))
        .filter(name -> !name.equals(RECORD) && !name.equals(FAILURE))
        .forEach(name -> store.find(folder + name).ifPresent(f -> files.put(name, f.bytes())));
    return files;
  }

  private static String key(String study, String name) {
    return FOLDER + study + "/" + name;
  }
}
