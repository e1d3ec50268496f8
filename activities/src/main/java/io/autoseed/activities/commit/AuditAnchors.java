package io.autoseed.activities.commit;

import io.autoseed.activities.catalog.AuditEntry;
import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.AuditVerification;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.Retention;
import java.util.List;

/**
 * Heads of audit chains as locked objects: what they cover cannot be forged by whoever owns the
 * database alone. With {@code GOVERNANCE} an administrator of the store can still remove them, with
 * {@code COMPLIANCE} nobody can before their time.
 */
public final class AuditAnchors {
  private final AnchorObjects objects;
  private final AuditLog log;
  private final Retention retention;

  public AuditAnchors(ArtifactStore store, Catalog catalog, Retention retention) {
    this.objects = new AnchorObjects(store);
    this.log = new AuditLog(catalog);
    this.retention = retention;
  }

  /**
   * Anchors the chain as it is now. Anchored before, nothing happens.
   *
   * @param from number of the first entry that the anchor has to carry, because no manifest does
   */
  public void anchor(String run, long from) {
    List<AuditEntry> chain = log.entries(run);
    if (chain.isEmpty()) {
      return;
    }
    long entries = chain.size();
    if (log.anchors(run).stream().anyMatch(anchor -> anchor.number() == entries)) {
      return;
    }
    String head = chain.get(chain.size() - 1).hash();
    List<AuditNote> tail =
        chain.stream().skip(Math.min(from, entries)).map(AuditEntry::note).toList();
    log.anchored(objects.put(run, entries, head, tail, retention));
  }

  /** Computes the chain again and compares it with every anchor in the store. */
  public AuditVerification verify(String run) {
    AuditVerification chain = log.verify(run);
    if (!chain.isWhole()) {
      return chain;
    }
    List<AuditEntry> entries = log.entries(run);
    for (AnchorObjects.Anchor anchor : objects.of(run)) {
      long covers = anchor.row().number();
      String covered =
          covers >= 1 && covers <= entries.size()
              ? entries.get((int) covers - 1).hash()
              : "a chain of " + entries.size() + " entries";
      if (!covered.equals(anchor.row().hash())) {
        return new AuditVerification(
            entries.size(), anchor.row().objectKey(), anchor.row().hash(), covered);
      }
    }
    return chain;
  }
}
