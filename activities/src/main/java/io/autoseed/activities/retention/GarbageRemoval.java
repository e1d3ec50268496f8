package io.autoseed.activities.retention;

import io.autoseed.activities.store.ArtifactStore;
import java.util.List;
import java.util.function.Consumer;

/**
 * Removes garbage. Nothing needs any of it, so a removal that is cut short leaves a store that is
 * as good as before; the next one goes on.
 */
public final class GarbageRemoval {
  /**
   * @param removed versions that are gone
   * @param bytes their length in all
   * @param locked versions that the store keeps under lock, and kept
   */
  public record Removed(long removed, long bytes, long locked) {}

  private final ArtifactStore store;

  public GarbageRemoval(ArtifactStore store) {
    this.store = store;
  }

  /**
   * @param progress told each piece before it is removed
   */
  public Removed remove(List<Garbage> garbage, Consumer<Garbage> progress) {
    long removed = 0;
    long bytes = 0;
    long locked = 0;
    for (Garbage piece : garbage) {
      progress.accept(piece);
      if (store.deleteUnlessLocked(piece.key(), piece.versionId())) {
        removed++;
        bytes += piece.bytes();
      } else {
        locked++;
      }
    }
    return new Removed(removed, bytes, locked);
  }
}
