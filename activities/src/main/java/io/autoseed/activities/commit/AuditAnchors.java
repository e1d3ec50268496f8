package io.autoseed.activities.commit;

import io.autoseed.activities.catalog.AuditAnchorRow;
import io.autoseed.activities.catalog.AuditEntry;
import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.AuditVerification;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.sequence.CanonicalJson;
import java.util.List;
import java.util.Optional;

/**
 * Heads of audit chains as locked objects, {@code audit/<run>/<entries>.json}: what they cover
 * cannot be forged by whoever owns the database alone. With {@code GOVERNANCE} an administrator of
 * the store can still remove them, with {@code COMPLIANCE} nobody can before their time.
 */
public final class AuditAnchors {
  /** What an anchor says. */
  record Anchor(String run, long entries, String head) {}

  private final ArtifactStore store;
  private final AuditLog log;
  private final Retention retention;

  public AuditAnchors(ArtifactStore store, Catalog catalog, Retention retention) {
    this.store = store;
    this.log = new AuditLog(catalog);
    this.retention = retention;
  }

  /** Anchors the chain as it is now. Anchored before, nothing happens. */
  public void anchor(String run) {
    Optional<AuditEntry> last = log.last(run);
    if (last.isEmpty()) {
      return;
    }
    long entries = last.get().number() + 1;
    if (log.anchors(run).stream().anyMatch(anchor -> anchor.number() == entries)) {
      return;
    }
    byte[] anchor = CanonicalJson.bytes(new Anchor(run, entries, last.get().hash()));
    StoredObject stored = store.putLocked(key(run, entries), anchor, "audit-anchor", retention);
    log.anchored(
        new AuditAnchorRow(run, entries, last.get().hash(), stored.key(), stored.versionId()));
  }

  private static String key(String run, long entries) {
    return "audit/" + run + "/" + entries + ".json";
  }

  /** Computes the chain again and compares it with every anchor in the store. */
  public AuditVerification verify(String run) {
    AuditVerification chain = log.verify(run);
    if (!chain.isWhole()) {
      return chain;
    }
    List<AuditEntry> entries = log.entries(run);
    for (var listed : store.list("audit/" + run + "/")) {
      Optional<FoundObject> found = store.find(listed.key());
      if (found.isEmpty()) {
        continue;
      }
      Anchor anchor = CanonicalJson.read(found.get().bytes(), Anchor.class);
      String covered =
          anchor.entries() <= entries.size()
              ? entries.get((int) anchor.entries() - 1).hash()
              : "a chain of " + entries.size() + " entries";
      if (!covered.equals(anchor.head())) {
        return new AuditVerification(entries.size(), listed.key(), anchor.head(), covered);
      }
    }
    return chain;
  }
}
