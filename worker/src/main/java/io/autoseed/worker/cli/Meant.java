package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.activities.study.StudySubmission;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import java.util.Optional;

/** What people mean by an id, or by the start of one: a run or a study. */
sealed interface Meant {
  record Run(RunView view) implements Meant {}

  record Study(StudyStanding standing) implements Meant {}

  /**
   * Finds it. A whole id comes before a name, and a name before the start of an id.
   *
   * @throws CommandFailure if nothing is called so, or a run and a study are alike, or the text is
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
      return isStudy(run.get(), study.get().study(), reference)
          ? new Study(study.get())
          : new Run(Surroundings.require(catalog, run.get()));
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

  /**
   * Whether of a run and a study whose ids begin so the study is meant: the one that is named so.
   *
   * @throws CommandFailure if both are, or neither is
   */
  static boolean isStudy(String run, String study, String reference) {
    boolean named = StudySubmission.isNamed(study, reference);
    if (named == RunIds.isNamed(run, reference)) {
      throw new CommandFailure(
          "run %s and study %s begin with %s: give more of the id"
              .formatted(run, study, reference));
    }
    return named;
  }

  /**
   * Of several runs a message must name a study too that begins so; a study of that name is meant
   * if no run has it.
   */
  private static Optional<String> run(RunCatalog catalog, String reference) {
    try {
      return catalog.id(reference);
    } catch (CatalogException several) {
      Optional<StudyStanding> study = catalog.studies().called(reference);
      if (study.isEmpty()) {
        throw several;
      }
      if (StudySubmission.isNamed(study.get().study(), reference)
          && catalog.named(reference).isEmpty()) {
        return Optional.empty();
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
