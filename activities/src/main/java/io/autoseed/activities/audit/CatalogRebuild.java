package io.autoseed.activities.audit;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.CatalogCheck;
import io.autoseed.activities.catalog.CatalogRestore;
import io.autoseed.activities.catalog.RunCopy;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ListedObject;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.CanonicalJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes a lost catalog again from the store: runs, lineage, measurements, audit chains and what
 * MLflow is to be told. Runs in flight go on: their next attempts take tokens of a new epoch, and
 * attempts from before the loss are stale. Repeated, it changes nothing.
 */
public final class CatalogRebuild {
  private static final String EPOCHS = "catalog/epochs/";
  private static final Pattern EPOCH = Pattern.compile(EPOCHS + "([0-9]{1,7})\\.json");

  /** Tokens are {@code epoch << 40 | number}. */
  private static final int EPOCH_SHIFT = 40;

  private final ArtifactStore store;
  private final Catalog catalog;
  private final CatalogRestore restore;

  /**
   * @param owner the catalog as its schema's owner
   */
  public CatalogRebuild(ArtifactStore store, Catalog owner) {
    this.store = store;
    this.catalog = owner;
    this.restore = new CatalogRestore(owner);
  }

  /**
   * What was done.
   *
   * @param epoch the token epoch that began, null if nothing was missing
   * @param rebuilt runs whose rows were written
   * @param unchanged number of runs that were there
   * @param differences of runs that were there, or whose objects are damaged; such runs were left
   *     as they are
   */
  public record Rebuilt(
      Integer epoch, List<String> rebuilt, int unchanged, List<Difference> differences) {}

  /** Told which run is being read. */
  @FunctionalInterface
  public interface Progress {
    void reading(String run, int number, int of);
  }

  /**
   * @param force whether to add what is missing although something differs
   * @throws AuditException without {@code force}, if a run that the catalog has is not as the store
   *     says, or an object is damaged; nothing was changed
   */
  public Rebuilt rebuild(boolean force, Progress progress) {
    RunCopies copies = new RunCopies(store);
    Set<String> known = new HashSet<>(restore.runs());
    Problems problems = new Problems(store);
    List<String> ids = copies.runs();
    List<RunCopy> missing = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      String run = ids.get(i);
      progress.reading(run, i + 1, ids.size());
      int before = problems.all().size();
      Optional<RunCopy> copy = copies.read(run, problems);
      if (known.contains(run)) {
        copy.ifPresent(found -> compare(found, problems));
      } else if (problems.all().size() == before) {
        copy.ifPresent(missing::add);
      }
    }
    known.stream()
        .filter(run -> !ids.contains(run))
        .sorted()
        .forEach(
            run ->
                problems.add(
                    "catalog: run " + run, "a run that the store has", "one that it has not"));
    if (!force && !problems.all().isEmpty()) {
      throw new AuditException(
          "store and catalog differ: "
              + problems.all().get(0).line()
              + "; nothing was changed. --force adds the runs that the catalog lacks and leaves"
              + " everything that differs as it is");
    }
    if (missing.isEmpty()) {
      return new Rebuilt(null, List.of(), known.size(), problems.all());
    }
    List<RunCopy> ordered = inOrder(missing);
    int epoch = claimEpoch(ordered);
    restore.restore(epoch, "rebuilt from the store", ordered);
    return new Rebuilt(
        epoch, ordered.stream().map(RunCopy::run).toList(), known.size(), problems.all());
  }

  private void compare(RunCopy copy, Problems problems) {
    for (CatalogCheck.Mismatch mismatch : new CatalogCheck(catalog).differences(copy)) {
      problems.add(
          "catalog: " + mismatch.row() + " of run " + copy.run(),
          mismatch.expected(),
          mismatch.found());
    }
  }

  /** What a run was forked from, or stands beside, comes before it. */
  private static List<RunCopy> inOrder(List<RunCopy> copies) {
    Map<String, RunCopy> byId = new HashMap<>();
    copies.forEach(copy -> byId.put(copy.run(), copy));
    Set<RunCopy> ordered = new LinkedHashSet<>();
    copies.forEach(copy -> place(copy, byId, ordered));
    return List.copyOf(ordered);
  }

  private static void place(RunCopy copy, Map<String, RunCopy> byId, Set<RunCopy> ordered) {
    if (copy == null || ordered.contains(copy)) {
      return;
    }
    place(byId.get(copy.submitted().forkedFrom()), byId, ordered);
    place(byId.get(copy.submitted().beside()), byId, ordered);
    ordered.add(copy);
  }

  /**
   * An epoch after every one that a manifest, the store or the catalog knows of. It is claimed in
   * the store, which outlives the catalog: two rebuilds never share one.
   */
  private int claimEpoch(List<RunCopy> copies) {
    int epoch = restore.epoch();
    for (ListedObject listed : store.list(EPOCHS)) {
      Matcher claimed = EPOCH.matcher(listed.key());
      epoch = claimed.matches() ? Math.max(epoch, Integer.parseInt(claimed.group(1))) : epoch;
    }
    for (RunCopy copy : copies) {
      for (StoredManifest stored : copy.manifests()) {
        epoch = Math.max(epoch, (int) (stored.manifest().envelope().token() >> EPOCH_SHIFT));
      }
    }
    do {
      epoch++;
    } while (store
        .putIfAbsent(EPOCHS + epoch + ".json", CanonicalJson.bytes(Map.of("epoch", epoch)), "epoch")
        .isEmpty());
    return epoch;
  }
}
