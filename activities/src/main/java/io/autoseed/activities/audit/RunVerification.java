package io.autoseed.activities.audit;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogCheck;
import io.autoseed.activities.catalog.RunCopy;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.phase.RunDocuments;
import io.autoseed.activities.store.ArtifactStore;
import java.util.List;
import java.util.Optional;

/**
 * Verifies a run from the ground: reads every object again that its manifests name, computes every
 * digest, and compares manifests, catalog and audit chain with each other. Changes nothing.
 */
public final class RunVerification {
  /** A run in progress may move on between two looks; this many must disagree. */
  private static final int LOOKS = 3;

  /** Told how far the reading is. */
  @FunctionalInterface
  public interface Progress {
    void read(int objects, int of);
  }

  private final ArtifactStore store;
  private final Catalog catalog;

  public RunVerification(ArtifactStore store, Catalog catalog) {
    this.store = store;
    this.catalog = catalog;
  }

  /**
   * @throws AuditException if neither store nor catalog knows the run
   */
  public Verification verify(String run, Progress progress) {
    Verification verification = look(run, progress);
    for (int looks = 1; looks < LOOKS && !verification.differences().isEmpty(); looks++) {
      if (row(run).map(row -> row.finishedAt() != null).orElse(true)) {
        return verification;
      }
      verification = look(run, progress);
    }
    return verification;
  }

  private Optional<RunRow> row(String run) {
    return new Runs(catalog).find(run);
  }

  private Verification look(String run, Progress progress) {
    Optional<RunRow> row = row(run);
    Problems problems = new Problems(store::requireVersioning);
    RunCopies copies = new RunCopies(store);
    boolean submitted = copies.has(run);
    if (!submitted && row.isEmpty()) {
      throw new AuditException("there is no run " + run + ": autoseed runs lists them");
    }
    if (!submitted) {
      problems.add(RunDocuments.key(run), "the run's document", "none");
    }
    boolean ended = row.map(found -> found.finishedAt() != null).orElse(false);
    boolean done = row.map(found -> found.state().equals("DONE")).orElse(false);
    Optional<RunCopy> copy = submitted ? copies.read(run, problems) : Optional.empty();
    ObjectCheck objects = new ObjectCheck(store, problems, progress);
    copy.ifPresent(
        found -> {
          new ManifestChain(found, problems).check(done);
          objects.check(found, ended, done);
          // The chain's own faults first: a changed entry changes the rows expected from it, too.
          if (row.isPresent()) {
            new AuditCheck(store, catalog, problems).check(found, ended);
          }
          rows(found, problems);
        });
    return new Verification(
        run,
        row.map(RunRow::state).orElse(null),
        objects.objects(),
        objects.dropped(),
        objects.bytes(),
        problems.all());
  }

  private void rows(RunCopy copy, Problems problems) {
    List<CatalogCheck.Mismatch> mismatches = new CatalogCheck(catalog).differences(copy);
    for (CatalogCheck.Mismatch mismatch : mismatches) {
      problems.add(
          new Difference(
              "catalog: " + mismatch.row() + " of run " + copy.run(),
              mismatch.expected(),
              mismatch.found()));
    }
  }
}
