package io.autoseed.activities.catalog;

import io.autoseed.activities.store.AuditNote;
import io.autoseed.activities.store.StoredManifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Compares a run's rows in the catalog with what the store says they must be. */
public final class CatalogCheck {
  private static final String ATTEMPT = "attempt ";
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");

  private final Catalog catalog;

  public CatalogCheck(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * A row that is not what it must be.
   *
   * @param row such as {@code accuracy class-incremental after 1 on 0}
   * @param expected its values; {@code no row} if there must be none
   * @param found its values; {@code no row} if there is none
   */
  public record Mismatch(String row, String expected, String found) {}

  private static final String NONE = "no row";

  /**
   * Every row that differs. Rows that need not agree: attempts later than those that the manifest
   * knows, and, while the run goes on, those of its last manifest, which may not be written down
   * yet, and those of phases committed since the copy was read.
   */
  public List<Mismatch> differences(RunCopy copy) {
    return catalog.read(
        "comparing the rows of run " + copy.run() + " with its manifests",
        handle -> {
          Optional<RunRow> run = handle.attach(RunDao.class).find(copy.run());
          return run.map(row -> compare(handle, row, settled(handle, row, copy)))
              .orElseGet(() -> List.of(new Mismatch("run", copy.run(), NONE)));
        });
  }

  private static RunCopy settled(Handle handle, RunRow run, RunCopy copy) {
    if (run.finishedAt() != null || copy.manifests().isEmpty()) {
      return copy;
    }
    StoredManifest last = copy.manifests().get(copy.manifests().size() - 1);
    boolean written =
        handle
            .attach(PhaseDao.class)
            .find(
                copy.run(),
                last.manifest().envelope().task(),
                last.manifest().outcome().phase().name())
            .map(held -> held.outcomeDigest() != null)
            .orElse(false);
    return written ? copy : copy.withoutLastManifest();
  }

  private static List<Mismatch> compare(Handle handle, RunRow run, RunCopy copy) {
    List<AuditNote> chain =
        handle.attach(ChainDao.class).entries(run.id()).stream().map(AuditEntry::note).toList();
    List<Mismatch> mismatches = compare(ExpectedRows.of(copy, chain), RecordedRows.of(handle, run));
    return run.finishedAt() != null
        ? mismatches
        : mismatches.stream().filter(mismatch -> !mismatch.expected().equals(NONE)).toList();
  }

  static List<Mismatch> compare(
      SortedMap<String, String> expected, SortedMap<String, String> found) {
    List<Mismatch> mismatches = new ArrayList<>();
    TreeSet<String> names = new TreeSet<>(expected.keySet());
    found.keySet().stream().filter(name -> !name.startsWith(ATTEMPT)).forEach(names::add);
    for (String name : names) {
      String wanted = expected.getOrDefault(name, NONE);
      String recorded = found.getOrDefault(name, NONE);
      if (!wanted.equals(recorded)) {
        mismatches.add(new Mismatch(name, wanted, recorded));
      }
    }
    mismatches.sort(Comparator.comparing(mismatch -> inCountingOrder(mismatch.row())));
    return mismatches;
  }

  /** A name that sorts row 9 before row 10. */
  private static String inCountingOrder(String name) {
    return NUMBER
        .matcher(name)
        .replaceAll(
            digits -> "0".repeat(Math.max(0, 9 - digits.group().length())) + digits.group());
  }
}
