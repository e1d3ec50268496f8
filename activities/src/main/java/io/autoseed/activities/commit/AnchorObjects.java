package io.autoseed.activities.commit;

import io.autoseed.activities.catalog.AuditAnchorRow;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.FoundObject;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.Retention;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.sequence.CanonicalJson;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The anchors of audit chains in the store, {@code audit/<run>/<entries>.json}. */
public final class AnchorObjects {
  /** What an anchor's object says. */
  private record Document(String run, long entries, String head, List<AuditNote> tail) {}

  /**
   * An anchor that lies in the store.
   *
   * @param row where it lies and which head it holds
   * @param tail the last entries that it covers: those that no manifest carries, at least
   */
  public record Anchor(AuditAnchorRow row, List<AuditNote> tail) {}

  private final ArtifactStore store;

  public AnchorObjects(ArtifactStore store) {
    this.store = store;
  }

  /** Where a run's anchors lie. */
  public static String prefix(String run) {
    return "audit/" + run + "/";
  }

  AuditAnchorRow put(
      String run, long entries, String head, List<AuditNote> tail, Retention retention) {
    StoredObject stored =
        store.putLocked(
            prefix(run) + entries + ".json",
            CanonicalJson.bytes(new Document(run, entries, head, tail)),
            "audit-anchor",
            retention);
    return new AuditAnchorRow(run, entries, head, stored.key(), stored.versionId());
  }

  /**
   * A run's anchors in every version, those that cover least first.
   *
   * @throws io.autoseed.activities.store.StoreException if one was changed
   */
  public List<Anchor> of(String run) {
    List<Anchor> anchors = new ArrayList<>();
    for (ListedObject listed : store.listVersions(prefix(run))) {
      if (!listed.deleteMarker()) {
        read(run, listed).ifPresent(anchors::add);
      }
    }
    anchors.sort(Comparator.comparing(anchor -> anchor.row().number()));
    return anchors;
  }

  private Optional<Anchor> read(String run, ListedObject listed) {
    Optional<FoundObject> found = store.find(listed.key(), listed.versionId());
    return found.map(
        object -> {
          Document document = CanonicalJson.read(object.bytes(), Document.class);
          return new Anchor(
              new AuditAnchorRow(
                  run, document.entries(), document.head(), listed.key(), listed.versionId()),
              document.tail() == null ? List.of() : document.tail());
        });
  }
}
