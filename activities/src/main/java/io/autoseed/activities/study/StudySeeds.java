package io.autoseed.activities.study;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.activities.store.StoreException;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.study.StudyReport.SeedsShown;
import io.autoseed.learning.sequence.StudyFile;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Chooses the run whose seeds a report shows: Auto-Seed's first, the reference's if it is that. The
 * numbers of a report do not wait for its picture: whatever keeps it from being drawn becomes a
 * remark.
 */
final class StudySeeds {
  private static final String BEING_DRAWN = "it is being drawn";

  private final Function<String, SeedPicture> pictures;
  private final Duration longest;

  /**
   * @param pictures the picture of a run; an {@link ApplicationFailure} says that there can be none
   * @param longest that drawing may take
   */
  StudySeeds(Function<String, SeedPicture> pictures, Duration longest) {
    this.pictures = pictures;
    this.longest = longest;
  }

  /** Writes a report at once, and if there is a picture to draw once more when that has ended. */
  void illustrate(StudyReport report, Consumer<StudyReport> write) {
    SeedsShown shown = chosen(report);
    write.accept(report.withSeeds(shown));
    if (BEING_DRAWN.equals(shown.remark())) {
      write.accept(report.withSeeds(drawn(shown.run())));
    }
  }

  private static SeedsShown chosen(StudyReport report) {
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
          "the run of "
              + cell.label()
              + " in class order "
              + cell.order()
              + " with random seed "
              + cell.randomSeed()
              + " is not done",
          null);
    }
    return new SeedsShown(cell.run(), BEING_DRAWN, null);
  }

  /** Draws on a thread of its own: one that takes too long is left to itself. */
  private SeedsShown drawn(String run) {
    FutureTask<SeedPicture> drawing = new FutureTask<>(() -> pictures.apply(run));
    Thread thread = new Thread(drawing, "seed picture of " + run);
    thread.setDaemon(true);
    thread.start();
    try {
      return new SeedsShown(run, null, drawing.get(longest.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return new SeedsShown(run, remark(e.getCause()), null);
    } catch (TimeoutException e) {
      return new SeedsShown(
          run, "drawing it takes longer than " + longest.toSeconds() + " s", null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SeedsShown(run, "drawing it was interrupted", null);
    }
  }

  private static String remark(Throwable trouble) {
    if (trouble instanceof ApplicationFailure failure) {
      return failure.getOriginalMessage();
    }
    return trouble instanceof StoreException || trouble instanceof CatalogException
        ? trouble.getMessage()
        : "drawing it broke: " + firstLine(trouble);
  }

  private static String firstLine(Throwable e) {
    return e.toString().lines().findFirst().orElse("");
  }

  /** In the first class order, with the first random seed: cells stand in that order. */
  private static Optional<Cell> firstOf(StudyReport report, String label) {
    return report.cells().stream().filter(cell -> cell.label().equals(label)).findFirst();
  }
}
