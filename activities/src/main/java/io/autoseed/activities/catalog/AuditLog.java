package io.autoseed.activities.catalog;

import java.util.List;

/**
 * The audit chains, one a run. Each entry's hash covers the entry before, so none can be changed,
 * dropped or put in between without changing the head. What follows the last anchor could still be
 * forged, as a whole, by the owner of the database.
 */
public final class AuditLog {
  private final Catalog catalog;

  public AuditLog(Catalog catalog) {
    this.catalog = catalog;
  }

  /** A run's entries, in order. */
  public List<AuditEntry> entries(String run) {
    return catalog.read(
        "reading the audit log of " + run, handle -> handle.attach(ChainDao.class).entries(run));
  }

  /** A run's anchors, oldest first. */
  public List<AuditAnchorRow> anchors(String run) {
    return catalog.read(
        "reading the audit anchors of " + run,
        handle -> handle.attach(ChainDao.class).anchors(run));
  }

  /** Records an anchor. */
  public void anchored(AuditAnchorRow anchor) {
    catalog.transaction(
        "recording an audit anchor of " + anchor.run(),
        handle -> {
          handle.attach(ChainDao.class).insertAnchor(anchor);
          return null;
        });
  }

  /** Computes a run's chain again, from its start to the head that the run's row names. */
  public AuditVerification verify(String run) {
    return catalog.read(
        "verifying the audit log of " + run,
        handle -> {
          String head =
              handle.attach(RunDao.class).auditHead(run).orElseThrow(() -> Runs.unknown(run));
          return check(run, handle.attach(ChainDao.class).entries(run), head);
        });
  }

  /**
   * The first entry that breaks the chain, if any.
   *
   * @param head what the last hash must be
   */
  static AuditVerification check(String run, List<AuditEntry> entries, String head) {
    String previous = AuditEntry.START;
    long number = 0;
    for (AuditEntry entry : entries) {
      String where = "audit/" + run + "/" + number;
      if (entry.number() != number) {
        return new AuditVerification(
            entries.size(), where, "entry " + number, "entry " + entry.number());
      }
      if (!entry.previous().equals(previous)) {
        return new AuditVerification(entries.size(), where, previous, entry.previous());
      }
      if (!entry.whole()) {
        return new AuditVerification(entries.size(), where, entry.hash(), entry.computedHash());
      }
      previous = entry.hash();
      number++;
    }
    return previous.equals(head)
        ? AuditVerification.whole(entries.size())
        : new AuditVerification(entries.size(), "audit/" + run + "/head", head, previous);
  }
}
