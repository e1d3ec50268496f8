package io.autoseed.activities.study;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.activities.store.CorruptObjectException;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.study.StudyReport.SeedsShown;
import io.autoseed.learning.sequence.StudyFile;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.TemporalException;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/**
 * Chooses the run whose seeds a report shows: Auto-Seed's first, the reference's if it is that. The
 * numbers of a report do not wait for its picture: what breaks, the store and the catalog apart,
 * becomes a remark.
 */
final class StudySeeds {
  private final Function<String, SeedPicture> pictures;

  /**
   * @param pictures the picture of a run; an {@link ApplicationFailure} says that there can be none
   */
  StudySeeds(Function<String, SeedPicture> pictures) {
    this.pictures = pictures;
  }

  SeedsShown of(StudyReport report) {
    Optional<Cell> first =
        report.strategies().stream()
            .filter(line -> line.strategy().equals(StudyFile.AUTO_SEED))
            .map(Line::label)
            .min(Comparator.comparing(label -> !label.equals(report.reference())))
            .flatMap(label -> firstOf(report, label));
    if (first.isEmpty()) {
      return new SeedsShown(null, "no strategy of this study is " + StudyFile.AUTO_SEED, null);
    }
    Cell cell = first.get();
    if (!cell.state().equals(StudyReport.DONE)) {
      return new SeedsShown(
          cell.run(),
          "the run of %s in class order %d with random seed %d is not done"
              .formatted(cell.label(), cell.order(), cell.randomSeed()),
          null);
    }
    try {
      return new SeedsShown(cell.run(), null, pictures.apply(cell.run()));
    } catch (ApplicationFailure e) {
      return new SeedsShown(cell.run(), e.getOriginalMessage(), null);
    } catch (CorruptObjectException e) {
      return new SeedsShown(cell.run(), e.getMessage(), null);
    } catch (StoreException | CatalogException | TemporalException e) {
      throw e;
    } catch (RuntimeException | OutOfMemoryError e) {
      return new SeedsShown(cell.run(), "drawing it broke: " + firstLine(e), null);
    }
  }

  private static String firstLine(Throwable e) {
    return e.toString().lines().findFirst().orElse("");
  }

  /** In the first class order, with the first random seed: cells stand in that order. */
  private static Optional<Cell> firstOf(StudyReport report, String label) {
    return report.cells().stream().filter(cell -> cell.label().equals(label)).findFirst();
  }
}
