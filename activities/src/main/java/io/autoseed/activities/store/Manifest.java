package io.autoseed.activities.store;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.workflows.Phase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The committed result of a phase. {@link Outcome} is what was computed: no time, id, key or host,
 * so equal computations have equal outcomes. {@link Envelope} is where it lies and who wrote it.
 *
 * <p>A manifest is self-contained: its objects are all that later phases need, those carried
 * forward from its input included.
 */
public record Manifest(Outcome outcome, Envelope envelope) {
  /**
   * @param task digest of the task document
   * @param objects every object by name
   * @param metrics named values of the computation; never times
   * @param accuracy cells measured by this phase
   * @param seeds what this phase did to the seed bank
   * @param parent outcome digest of the phase's input, null at the start of a run
   */
  public record Outcome(
      Phase phase,
      String task,
      SortedMap<String, Content> objects,
      SortedMap<String, Double> metrics,
      List<AccuracyCell> accuracy,
      SeedChanges seeds,
      String parent) {
    public Outcome {
      objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
      metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
      accuracy = List.copyOf(accuracy);
    }
  }

  /** What an object is, wherever it lies. */
  public record Content(String sha256, long bytes) {}

  /** Where an object lies. */
  public record Place(String key, String versionId) {}

  /**
   * @param task index of the task in the run
   * @param input key of the input manifest, null at the start of a run
   * @param objects place of every object of the outcome
   * @param produced names of the objects that this phase wrote; the others are carried forward
   * @param consumed what the phase read, things outside the store included
   * @param reusedFrom key of the manifest whose objects were adopted, or null
   * @param startedAt ISO-8601 in UTC
   * @param computeSeconds spent computing in the attempt that wrote this and before its checkpoint
   * @param attempts every attempt at the phase until this was written, the first first
   * @param auditHead head of the run's audit chain when this was written
   * @param audit the chain's entries up to that head, without those that the manifests before this
   *     one in the run carry: from them a lost catalog's chain is computed again
   */
  public record Envelope(
      String run,
      int task,
      String input,
      String phaseKey,
      SortedMap<String, Place> objects,
      List<String> produced,
      List<ArtifactReference> consumed,
      String reusedFrom,
      String build,
      String host,
      String numericProfile,
      String startedAt,
      String writtenAt,
      double computeSeconds,
      long token,
      List<Attempt> attempts,
      String auditHead,
      List<AuditNote> audit) {
    public Envelope {
      objects = Collections.unmodifiableSortedMap(new TreeMap<>(objects));
      produced = List.copyOf(produced);
      consumed = List.copyOf(consumed);
      attempts = attempts == null ? List.of() : List.copyOf(attempts);
      audit = audit == null ? List.of() : List.copyOf(audit);
    }

    /** How many entries of the audit chain this manifest and those before it carry. */
    public long auditEntries() {
      return audit.isEmpty() ? 0 : audit.get(audit.size() - 1).number() + 1;
    }
  }

  /**
   * An attempt at the phase.
   *
   * @param startedAt ISO-8601 in UTC, the database's time
   */
  public record Attempt(
      long token, String host, String build, String numericProfile, String startedAt) {}

  public Manifest {
    if (!outcome.objects().keySet().equals(envelope.objects().keySet())) {
      throw new IllegalArgumentException(
          "the manifest's outcome has the objects "
              + outcome.objects().keySet()
              + ", its envelope "
              + envelope.objects().keySet());
    }
  }

  /** Where a phase's manifest lies. */
  public static String key(String run, int task, Phase phase) {
    return "runs/" + run + "/manifests/" + task + "/" + phase + ".json";
  }

  /** SHA-256 of the outcome: what chains, keys and comparisons use. */
  public String outcomeDigest() {
    return CanonicalJson.digest(outcome);
  }

  /** The file's bytes. */
  public byte[] bytes() {
    return CanonicalJson.bytes(this);
  }

  /** Every object by name, as it can be read. */
  public SortedMap<String, StoredObject> objects() {
    SortedMap<String, StoredObject> objects = new TreeMap<>();
    for (Map.Entry<String, Content> entry : outcome.objects().entrySet()) {
      Place place = envelope.objects().get(entry.getKey());
      Content content = entry.getValue();
      objects.put(
          entry.getKey(),
          new StoredObject(place.key(), place.versionId(), content.sha256(), content.bytes()));
    }
    return objects;
  }

  /** The object of that name; an error that lists the names there are, if there is none. */
  public StoredObject object(String name) {
    StoredObject object = objects().get(name);
    if (object == null) {
      throw new StoreRefusedException(
          "no object '"
              + name
              + "' in the manifest "
              + key(envelope.run(), envelope.task(), outcome.phase())
              + "; it holds "
              + outcome.objects().keySet());
    }
    return object;
  }
}
