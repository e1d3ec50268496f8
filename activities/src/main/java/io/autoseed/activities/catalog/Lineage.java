package io.autoseed.activities.catalog;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Where artifacts come from (up) and what became of them (down), across runs. */
public final class Lineage {
  static final Pattern RUN_AT_TASK = Pattern.compile("([^@]+)@(.+)");
  static final Pattern MODEL_VERSION = Pattern.compile("(.+)/([0-9]{1,9})");
  private static final Pattern DIGEST_PREFIX = Pattern.compile("[0-9a-f]{6,64}");
  private static final String PRODUCED = "produced";
  private static final String CONSUMED = "consumed";

  private final Catalog catalog;

  public Lineage(Catalog catalog) {
    this.catalog = catalog;
  }

  /**
   * All edges that lead to an artifact.
   *
   * @param reference a run, {@code RUN@TASK} (a task's index from 0, or its name), an artifact's
   *     digest or six digits and more of its start, a seed's id, {@code MODEL/VERSION} or a
   *     prediction's id
   * @throws CatalogException if nothing has that name, or several digests begin so
   */
  public List<LineageEdge> up(String reference) {
    return reach(reference, PRODUCED, CONSUMED);
  }

  /** All edges that lead on from an artifact; see {@link #up}. */
  public List<LineageEdge> down(String reference) {
    return reach(reference, CONSUMED, PRODUCED);
  }

  private List<LineageEdge> reach(String reference, String near, String far) {
    return catalog.read(
        "reading the lineage of " + reference,
        handle -> {
          List<Long> start = start(handle, reference);
          if (start.isEmpty()) {
            throw new CatalogException(
                "nothing is called "
                    + reference
                    + ": expected a run, RUN@TASK, an artifact's SHA-256 or its start (six digits or"
                    + " more), a seed id, MODEL/VERSION or a prediction's id");
          }
          return handle.attach(LineageDao.class).reach(start, near, far);
        });
  }

  private static List<Long> start(Handle handle, String reference) {
    LineageDao lineage = handle.attach(LineageDao.class);
    Matcher task = RUN_AT_TASK.matcher(reference);
    if (task.matches()) {
      return producedByTask(handle, task.group(1), task.group(2));
    }
    Matcher model = MODEL_VERSION.matcher(reference);
    if (model.matches()) {
      List<Long> version = lineage.byModelVersion(model.group(1), Integer.parseInt(model.group(2)));
      if (!version.isEmpty()) {
        return version;
      }
    }
    Optional<String> run = RunReference.resolve(handle, reference);
    if (run.isPresent()) {
      return lineage.producedByRun(run.get());
    }
    List<Long> seed = lineage.bySeed(reference);
    if (!seed.isEmpty()) {
      return seed;
    }
    List<Long> prediction = lineage.byPrediction(reference);
    return prediction.isEmpty() ? byDigest(lineage, reference) : prediction;
  }

  private static List<Long> producedByTask(Handle handle, String reference, String task) {
    Optional<String> run = RunReference.resolve(handle, reference);
    if (run.isEmpty()) {
      return List.of();
    }
    int index = RunReference.task(handle, run.get(), task);
    return handle.attach(LineageDao.class).producedByTask(run.get(), index);
  }

  private static List<Long> byDigest(LineageDao lineage, String reference) {
    if (!DIGEST_PREFIX.matcher(reference).matches()) {
      return List.of();
    }
    List<String> digests = lineage.digestsFrom(reference, 2);
    if (digests.size() > 1) {
      throw new CatalogException(
          "several artifacts begin with "
              + reference
              + ", such as "
              + String.join(" and ", digests)
              + ": give more digits");
    }
    return digests.isEmpty() ? List.of() : lineage.byDigest(digests.get(0));
  }
}
