package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AuditNote;
import io.autoseed.learning.sequence.CanonicalJson;
import java.time.Instant;
import java.util.TreeMap;

/**
 * An entry of a run's audit chain.
 *
 * @param number its place, from 0
 * @param at the database's time, whole microseconds
 * @param details canonical JSON
 * @param previous hash of the entry before; 64 zeros for the first
 * @param hash SHA-256 of everything above, in canonical JSON
 */
public record AuditEntry(
    String run,
    long number,
    Instant at,
    String event,
    String details,
    String previous,
    String hash) {
  /** The head of an empty chain. */
  public static final String START = "0".repeat(64);

  /** The entry that follows {@code previous}. */
  static AuditEntry following(
      String run, long number, Instant at, String event, String details, String previous) {
    return new AuditEntry(
        run, number, at, event, details, previous, hash(run, number, at, event, details, previous));
  }

  /** The entry that a note stands for. */
  static AuditEntry of(String run, AuditNote note, String previous) {
    return following(
        run, note.number(), Instant.parse(note.at()), note.event(), note.details(), previous);
  }

  /** The entry without what follows from the entries before it. */
  public AuditNote note() {
    return new AuditNote(number, at.toString(), event, details);
  }

  /** Whether the hash is the hash of the rest. */
  boolean whole() {
    return hash.equals(computedHash());
  }

  String computedHash() {
    return hash(run, number, at, event, details, previous);
  }

  private static String hash(
      String run, long number, Instant at, String event, String details, String previous) {
    TreeMap<String, Object> covered = new TreeMap<>();
    covered.put("run", run);
    covered.put("number", number);
    covered.put("at", at.toString());
    covered.put("event", event);
    covered.put("details", details);
    covered.put("previous", previous);
    return CanonicalJson.digest(covered);
  }
}
