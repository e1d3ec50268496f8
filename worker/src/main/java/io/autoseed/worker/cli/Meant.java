package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import java.util.Optional;

/** What people mean by an id, or by the start of one: a run or a study. */
sealed interface Meant {
  record Run(RunView view) implements Meant {}

  record Study(StudyStanding standing) implements Meant {}

  /**
   * Finds it. A whole id comes before the start of another.
   *
   * @throws CommandFailure if nothing is called so, or a run and a study both are, or the text is
   *     empty, as that of a shell variable that is not set
   * @throws io.autoseed.activities.catalog.CatalogException if several runs, or several studies,
   *     are
   */
  static Meant of(RunCatalog catalog, String reference) {
    if (reference.isBlank()) {
      throw new CommandFailure(
          "expected a run or a study, found an empty text: autoseed runs lists them");
    }
    Optional<StudyStanding> exact = catalog.studies().of(reference);
    if (exact.isPresent()) {
      return new Study(exact.get());
    }
    Optional<String> run = run(catalog, reference);
    if (run.filter(reference::equals).isPresent()) {
      return new Run(Surroundings.require(catalog, reference));
    }
    Optional<StudyStanding> study = catalog.studies().called(reference);
    if (run.isPresent() && study.isPresent()) {
      throw new CommandFailure(
          "run %s and study %s begin with %s: give more of the id"
              .formatted(run.get(), study.get().study(), reference));
    }
    if (run.isPresent()) {
      return new Run(Surroundings.require(catalog, run.get()));
    }
    return study
        .<Meant>map(Study::new)
        .orElseThrow(
            () ->
                new CommandFailure(
                    "there is no run or study " + reference + ": autoseed runs lists them"));
  }

  /** Of several runs a message must name a study too that begins so. */
  private static Optional<String> run(RunCatalog catalog, String reference) {
    try {
      return catalog.id(reference);
    } catch (CatalogException several) {
      Optional<StudyStanding> study = catalog.studies().called(reference);
      if (study.isEmpty()) {
        throw several;
      }
      throw new CommandFailure(
          several.getMessage() + "; study " + study.get().study() + " begins so too", several);
    }
  }

  /** The study of that id, or whose id begins so. */
  static StudyStanding study(RunCatalog catalog, String reference) {
    return catalog
        .studies()
        .of(reference)
        .or(() -> catalog.studies().called(reference))
        .orElseThrow(() -> noStudy(reference));
  }

  static CommandFailure noStudy(String reference) {
    return new CommandFailure("there is no study " + reference + ": autoseed runs lists them");
  }
}
