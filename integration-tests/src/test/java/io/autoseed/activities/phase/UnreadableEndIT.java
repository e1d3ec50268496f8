package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.catalog.SubmittedRun;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.Documents;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.StoreRefusedException;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.it.TestStack;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.workflows.ManifestReference;
import io.autoseed.workflows.RunClosing;
import io.autoseed.workflows.RunState;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of a run whose last manifest is damaged or gone. */
class UnreadableEndIT {
  private static final byte[] BYTES = {1, 2, 3};

  private final ArtifactStore store = StackConnections.store(TestStack.addresses());
  private final Catalog catalog = StackConnections.catalog(TestStack.addresses());
  private final Runs runs = new Runs(catalog);
  private final RunRecords records =
      new RunRecords(
          runs,
          new AuditAnchors(
              store, catalog, new Retention(Retention.Mode.GOVERNANCE, Duration.ofHours(1))),
          new Manifests(store, ObjectCache.none()),
          new RunDocuments(store, new Documents(store, ObjectCache.none())),
          new TrainingFeatures(store));
  private final String run = SubmittedRun.in(catalog, null);

  @AfterEach
  void close() {
    catalog.close();
    store.close();
  }

  @Test
  void aDamagedManifestIsNamedAndTheRunCanFailWithThat() {
    StoredObject stored = written();
    String expected = CanonicalJson.sha256(new byte[] {4});
    RunClosing done = closing(stored, expected, RunState.DONE, null);

    assertThatThrownBy(() -> records.close(done))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageStartingWith(stored.key() + " version " + stored.versionId() + " at ")
        .hasMessageContaining(
            "was changed: expected SHA-256 " + expected + ", found " + stored.sha256());
    requireFails(closing(stored, expected, RunState.FAILED, "it was changed"));
  }

  @Test
  void aManifestThatIsGoneIsNamedAndTheRunCanFailWithThat() {
    StoredObject stored = written();
    store.delete(stored.key(), stored.versionId());
    RunClosing done = closing(stored, stored.sha256(), RunState.DONE, null);

    assertThatThrownBy(() -> records.close(done))
        .isInstanceOf(StoreRefusedException.class)
        .hasMessageStartingWith(stored.key() + " version " + stored.versionId() + " is gone");
    requireFails(closing(stored, stored.sha256(), RunState.FAILED, "it is gone"));
  }

  private StoredObject written() {
    return store.put("runs/" + run + "/manifests/00000/publish.json", BYTES, "manifest");
  }

  private RunClosing closing(StoredObject manifest, String sha256, RunState state, String reason) {
    return new RunClosing(
        run,
        "sequence",
        state,
        new ManifestReference(manifest.key(), manifest.versionId(), sha256, "outcome"),
        reason);
  }

  private void requireFails(RunClosing closing) {
    assertThat(state()).as("before").isEqualTo("SUBMITTED");

    records.close(closing);

    assertThat(state()).isEqualTo("FAILED");
    assertThat(runs.find(run).map(RunRow::failure)).contains(closing.reason());
    assertThat(new AuditLog(catalog).anchors(run)).hasSize(1);
  }

  private String state() {
    return runs.find(run).orElseThrow().state();
  }
}
