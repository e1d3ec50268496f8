package io.autoseed.activities.audit;

import java.util.List;

/**
 * What the verification of a run found.
 *
 * @param objects number of object versions read again
 * @param bytes their length in all
 * @param differences none if the run is whole
 */
public record Verification(String run, long objects, long bytes, List<Difference> differences) {
  public Verification {
    differences = List.copyOf(differences);
  }
}
