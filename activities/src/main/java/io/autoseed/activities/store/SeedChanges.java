package io.autoseed.activities.store;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a phase did to the seed bank.
 *
 * @param born seeds that the bank did not hold before, by row
 * @param pruned ids of the seeds that it no longer holds, sorted
 */
public record SeedChanges(List<SeedRow> born, List<String> pruned) {
  public SeedChanges {
    born = List.copyOf(born);
    pruned = List.copyOf(pruned);
  }

  public static SeedChanges none() {
    return new SeedChanges(List.of(), List.of());
  }

  /** The changes that lead from one bank to the other; seeds are told apart by id. */
  public static SeedChanges between(Collection<SeedRow> before, Collection<SeedRow> after) {
    Set<String> old = ids(before);
    Set<String> now = ids(after);
    return new SeedChanges(
        after.stream().filter(seed -> !old.contains(seed.id())).toList(),
        old.stream().filter(id -> !now.contains(id)).sorted().toList());
  }

  private static Set<String> ids(Collection<SeedRow> seeds) {
    return seeds.stream().map(SeedRow::id).collect(Collectors.toSet());
  }
}
