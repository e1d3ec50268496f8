package io.autoseed.activities.catalog;

import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;

/** A run without tasks, of which the catalog alone knows. */
public final class SubmittedRun {
  private SubmittedRun() {}

  /**
   * @param beside the run that it accompanies, or null
   * @return its id
   */
  public static String in(Catalog catalog, String beside) {
    return in(catalog, "catalog-it-" + UUID.randomUUID(), beside);
  }

  /**
   * @param beside the run that it accompanies, or null
   * @return {@code run}
   */
  public static String in(Catalog catalog, String run, String beside) {
    SequenceDocument sequence =
        new SequenceDocument(
            "catalog-it",
            "builtin",
            "none",
            1,
            new TreeMap<>(),
            7,
            new EvaluationRows(EvaluationRows.Kind.ALL, 0),
            null,
            List.of(),
            null);
    new Runs(catalog)
        .submit(
            new NewRun(
                run,
                sequence,
                List.of(),
                List.of(),
                "test",
                "avx2/test",
                Reuse.NONE,
                null,
                null,
                beside,
                null,
                false));
    return run;
  }
}
