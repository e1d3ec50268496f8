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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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
  private final Predicate<String> started;

  /**
   * @param owner the catalog as its schema's owner
   * @param started whether Temporal knows a run; asked for those that left nothing but documents
   */
  public CatalogRebuild(ArtifactStore store, Catalog owner, Predicate<String> started) {
    this.store = store;
    this.catalog = owner;
    this.restore = new CatalogRestore(owner);
    this.started = started;
  }

  /**
   * What was done.
   *
   * @param epoch the token epoch that began, null if nothing was missing
   * @param rebuilt runs whose rows were written
   * @param unchanged number of runs that were there
   * @param neverStarted runs that were left out, for their submission was cut short: the store has
   *     their documents, and nothing else knows them
   * @param differences of runs that were there, or whose objects are damaged; such runs were left
   *     as they are
   */
  public record Rebuilt(
      Integer epoch,
      List<String> rebuilt,
      int unchanged,
      List<String> neverStarted,
      List<Difference> differences) {}

  /** Told which run is being read. */
  @FunctionalInterface
  public interface Progress {
    void reading(String run, int number, int of);
  }

  /** How many runs a store holds that were ever submitted, begun or not. */
  public static int storedRuns(ArtifactStore store) {
    return new RunCopies(store).runs().size();
  }

  /**
   * @param force whether to add what is missing although a run that the catalog has is not as the
   *     store says, or an object is damaged; else nothing is changed then
   */
  public Rebuilt rebuild(boolean force, Progress progress) {
    RunCopies copies = new RunCopies(store);
    Set<String> known = new HashSet<>(restore.runs());
    Problems problems = new Problems(store::requireVersioning);
    List<String> ids = copies.runs();
    List<RunCopy> missing = new ArrayList<>();
    List<String> neverStarted = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      String run = ids.get(i);
      progress.reading(run, i + 1, ids.size());
      int before = problems.all().size();
      Optional<RunCopy> copy = copies.read(run, problems);
      if (known.contains(run)) {
        copy.ifPresent(found -> compare(found, problems));
      } else if (problems.all().size() == before) {
        copy.ifPresent(
            found -> {
              if (wasStarted(found)) {
                missing.add(found);
              } else {
                neverStarted.add(run);
              }
            });
      }
    }
    known.stream()
        .filter(run -> !ids.contains(run))
        .sorted()
        .forEach(
            run ->
                problems.add(
                    "catalog: run " + run, "a run that the store has", "one that it has not"));
    List<RunCopy> ordered = inOrder(missing, known, problems);
    if (ordered.isEmpty() || (!force && !problems.all().isEmpty())) {
      return new Rebuilt(null, List.of(), known.size(), neverStarted, problems.all());
    }
    int epoch = claimEpoch(ordered);
    restore.restore(epoch, "rebuilt from the store", ordered);
    return new Rebuilt(
        epoch,
        ordered.stream().map(RunCopy::run).toList(),
        known.size(),
        neverStarted,
        problems.all());
  }

  /** Documents are written before the workflow starts: they alone prove no run. */
  private boolean wasStarted(RunCopy copy) {
    return !copy.manifests().isEmpty() || !copy.anchors().isEmpty() || started.test(copy.run());
  }

  private void compare(RunCopy copy, Problems problems) {
    for (CatalogCheck.Mismatch mismatch : new CatalogCheck(catalog).differences(copy)) {
      problems.add(
          "catalog: " + mismatch.row() + " of run " + copy.run(),
          mismatch.expected(),
          mismatch.found());
    }
  }

  /**
   * What a run was forked from, or stands beside, comes before it; a run without it is a problem,
   * and left out.
   *
   * @param known runs that the catalog has
   */
  static List<RunCopy> inOrder(List<RunCopy> copies, Set<String> known, Problems problems) {
    List<RunCopy> ordered = new ArrayList<>();
    List<RunCopy> left = new ArrayList<>(copies);
    Set<String> placed = new HashSet<>(known);
    boolean going = true;
    while (going) {
      List<RunCopy> next = left.stream().filter(copy -> relative(copy, placed) == null).toList();
      next.forEach(copy -> placed.add(copy.run()));
      ordered.addAll(next);
      left.removeAll(next);
      going = !next.isEmpty();
    }
    for (RunCopy copy : left) {
      problems.add(
          "catalog: run " + copy.run(),
          "run " + relative(copy, placed) + ", which it was forked from or stands beside",
          "none");
    }
    return ordered;
  }

  /** The first run that this one needs beside those, or null. */
  private static String relative(RunCopy copy, Set<String> runs) {
    return Stream.of(copy.submitted().forkedFrom(), copy.submitted().beside())
        .filter(run -> run != null && !runs.contains(run))
        .findFirst()
        .orElse(null);
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
