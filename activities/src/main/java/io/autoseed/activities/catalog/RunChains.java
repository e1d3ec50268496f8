package io.autoseed.activities.catalog;

import io.autoseed.learning.sequence.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Appends to a run's audit chain and outbox inside one transaction. The run's row is locked until
 * the transaction ends, so both lists have no gap and one order.
 */
final class RunChains {
  private final String run;
  private final RunDao runs;
  private final ChainDao chains;
  private final Instant now;
  private final boolean ended;
  private long outboxNext;
  private long auditNext;
  private String auditHead;

  private RunChains(String run, RunDao runs, ChainDao chains, RunDao.Chains from, Instant now) {
    this.run = run;
    this.runs = runs;
    this.chains = chains;
    this.now = now;
    this.ended = from.ended();
    this.outboxNext = from.outboxNext();
    this.auditNext = from.auditNext();
    this.auditHead = from.auditHead();
  }

  /**
   * Locks the run.
   *
   * @throws CatalogException if there is none
   */
  static RunChains lock(Handle handle, String run) {
    return lock(handle, run, null);
  }

  /** Locks the run, for entries of another moment than this one. */
  static RunChains lock(Handle handle, String run, Instant at) {
    RunDao runs = handle.attach(RunDao.class);
    RunDao.Chains from = runs.lock(run).orElseThrow(() -> Runs.unknown(run));
    Instant now = at == null ? from.now().truncatedTo(ChronoUnit.MICROS) : at;
    return new RunChains(run, runs, handle.attach(ChainDao.class), from, now);
  }

  /** The time that its entries bear. */
  Instant now() {
    return now;
  }

  /** Whether the run has ended: nothing is to follow its last entry. */
  boolean ended() {
    return ended;
  }

  /** Appends an audit entry; {@code details} must have a canonical JSON form. */
  void audit(String event, Map<String, ?> details) {
    AuditEntry entry = following(event, details);
    chains.insert(entry);
    auditNext++;
    auditHead = entry.hash();
    runs.advance(run, outboxNext, auditNext, auditHead);
  }

  private AuditEntry following(String event, Map<String, ?> details) {
    String json = new String(CanonicalJson.bytes(new TreeMap<>(details)), StandardCharsets.UTF_8);
    return AuditEntry.following(run, auditNext, now, event, json, auditHead);
  }

  /** Appends an audit entry and what MLflow is to be told of the same, in one round trip. */
  void append(String event, Map<String, ?> details, TrackingEvent tracked) {
    AuditEntry entry = following(event, details);
    chains.append(entry, outboxNext, tracked.kind(), tracked.json());
    auditNext++;
    auditHead = entry.hash();
    outboxNext++;
  }
}
