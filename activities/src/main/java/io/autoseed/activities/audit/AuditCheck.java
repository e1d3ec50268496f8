package io.autoseed.activities.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.autoseed.activities.catalog.AuditAnchorRow;
import io.autoseed.activities.catalog.AuditEntry;
import io.autoseed.activities.catalog.AuditLog;
import io.autoseed.activities.catalog.AuditVerification;
import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunCopy;
import io.autoseed.activities.commit.AuditAnchors;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.Manifest;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks a run's audit chain: that it is whole, that the anchors and the manifests hold its heads,
 * and that it tells of the manifests that there are.
 */
final class AuditCheck {
  private final ArtifactStore store;
  private final Catalog catalog;
  private final Problems problems;

  AuditCheck(ArtifactStore store, Catalog catalog, Problems problems) {
    this.store = store;
    this.catalog = catalog;
    this.problems = problems;
  }

  /**
   * @param ended whether the chain must have an anchor
   */
  void check(RunCopy copy, boolean ended) {
    String run = copy.run();
    AuditLog log = new AuditLog(catalog);
    chain(run);
    List<AuditEntry> entries = log.entries(run);
    anchors(copy, log.anchors(run), ended);
    Map<String, JsonNode> committed = committed(entries, problems);
    for (AuditEntry entry : entries) {
      if (entry.event().equals("nondeterminism")) {
        nondeterminism(run, details(entry));
      }
    }
    for (StoredManifest stored : copy.manifests()) {
      head(stored, entries);
      JsonNode details = committed.get(stored.stored().key());
      if (details != null) {
        String where = "audit/" + run + " of " + stored.stored().key();
        problems.compare(
            where + " SHA-256", stored.stored().sha256(), details.path("sha256").asText());
        problems.compare(
            where + " version", stored.stored().versionId(), details.path("version").asText());
        problems.compare(
            where + " outcome",
            stored.manifest().outcomeDigest(),
            details.path("outcome").asText());
      }
    }
  }

  /** Details of the entry of each committed manifest, by its key; a second one is a problem. */
  static Map<String, JsonNode> committed(List<AuditEntry> entries, Problems problems) {
    Map<String, JsonNode> committed = new HashMap<>();
    for (AuditEntry entry : entries) {
      if (entry.event().equals("phase-committed")) {
        JsonNode details = details(entry);
        String manifest = details.path("manifest").asText();
        if (committed.putIfAbsent(manifest, details) != null) {
          problems.add(
              "audit/" + entry.run() + "/" + entry.number(),
              "one phase-committed entry of " + manifest,
              "a second one");
        }
      }
    }
    return committed;
  }

  private static JsonNode details(AuditEntry entry) {
    return CanonicalJson.read(entry.details().getBytes(StandardCharsets.UTF_8), JsonNode.class);
  }

  private void chain(String run) {
    problems
        .reading(
            "audit/" + run,
            "anchors as they were written",
            () ->
                new AuditAnchors(store, catalog, Retention.configured(System.getenv())).verify(run))
        .filter(verification -> !verification.isWhole())
        .map(AuditCheck::difference)
        .ifPresent(problems::add);
  }

  private static Difference difference(AuditVerification broken) {
    return new Difference(broken.object(), broken.expected(), broken.found());
  }

  private void anchors(RunCopy copy, List<AuditAnchorRow> recorded, boolean ended) {
    for (AuditAnchorRow row : recorded) {
      if (!copy.anchors().contains(row)) {
        problems.add(
            Difference.of(
                row.objectKey(), row.objectVersion(), "an anchor of head " + row.hash(), "none"));
      }
    }
    if (ended && copy.anchors().isEmpty()) {
      problems.add("audit/" + copy.run(), "an anchor, for the run has ended", "none");
    }
  }

  /** The head that a manifest carries must be the hash of the entry that it says. */
  private void head(StoredManifest stored, List<AuditEntry> entries) {
    Manifest.Envelope envelope = stored.manifest().envelope();
    long carried = envelope.auditEntries();
    if (carried == 0) {
      return;
    }
    problems.compare(
        "audit/" + envelope.run() + "/" + (carried - 1),
        envelope.auditHead() + " (carried by " + stored.stored().key() + ")",
        (carried <= entries.size() ? entries.get((int) carried - 1).hash() : "no entry")
            + " (carried by "
            + stored.stored().key()
            + ")");
  }

  private void nondeterminism(String run, JsonNode details) {
    problems.add(
        "runs/"
            + run
            + "/manifests/"
            + details.path("task").asText()
            + "/"
            + details.path("phase").asText()
            + ".json",
        "one outcome of all attempts: " + details.path("committed").asText(),
        "attempt "
            + details.path("lostBy").asText()
            + " computed "
            + details.path("lost").asText()
            + " under "
            + details.path("lostProfile").asText());
  }
}
