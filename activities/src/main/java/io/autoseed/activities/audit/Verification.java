package io.autoseed.activities.audit;

import java.util.List;

/**
 * What the verification of a run found.
 *
 * @param state of the run when it was looked at, such as {@code RUNNING}: what it has yet to do
 *     cannot be missing; null if the catalog does not know it
 * @param objects number of object versions read again
 * @param dropped number of those that are gone because the run was to drop its training features
 * @param bytes length of those read
 * @param differences none if the run is whole
 */
public record Verification(
    String run,
    String state,
    long objects,
    long dropped,
    long bytes,
    List<Difference> differences) {
  public Verification {
    differences = List.copyOf(differences);
  }
}
