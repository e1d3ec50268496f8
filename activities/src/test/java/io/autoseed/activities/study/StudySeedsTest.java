package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.phase.SeedPicture;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.activities.study.StudyReport.SeedsShown;
import io.autoseed.workflows.Failures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StudySeedsTest {
  private static final SeedPicture PICTURE = new SeedPicture(80, List.of());

  private final StudySeeds seeds =
      new StudySeeds(
          run -> {
            if (run.equals("damaged")) {
              throw Failures.badInput("features are not in the store", null);
            }
            return PICTURE;
          },
          Duration.ofMinutes(1));

  /** What a report shows of a run whose picture meets that. */
  private static SeedsShown shownAfter(Runnable trouble) {
    StudySeeds breaking =
        new StudySeeds(
            run -> {
              trouble.run();
              return PICTURE;
            },
            Duration.ofMillis(200));
    return last(
        breaking, report(List.of(line("ours", "auto-seed")), cell("ours-o3", "ours", "DONE")));
  }

  /** What the report shows that is written last. */
  private static SeedsShown last(StudySeeds seeds, StudyReport report) {
    List<StudyReport> written = new ArrayList<>();
    seeds.illustrate(report, written::add);
    return written.get(written.size() - 1).seeds();
  }

  private static Line line(String label, String strategy) {
    return SampleStudies.line(label, strategy, Map.of(), Map.of());
  }

  private static Cell cell(String run, String label, String state) {
    return new Cell(run, label, 3, 1, state, null, "code", new TreeMap<>());
  }

  private static StudyReport report(List<Line> lines, Cell... cells) {
    return SampleStudies.report("DONE", lines, List.of(cells));
  }

  @Test
  void theSeedsAreThoseOfTheReferenceIfItIsAutoSeed() {
    StudyReport report =
        report(
            List.of(line("slda", "slda"), line("other", "auto-seed"), line("ours", "auto-seed")),
            cell("slda-o3", "slda", "DONE"),
            cell("other-o3", "other", "DONE"),
            cell("ours-o3", "ours", "DONE"),
            cell("ours-o4", "ours", "DONE"));

    assertThat(last(seeds, report)).isEqualTo(new SeedsShown("ours-o3", null, PICTURE));
  }

  @Test
  void aStudyWithoutAutoSeedSaysSo() {
    assertThat(last(seeds, report(List.of(line("ours", "slda")), cell("r", "ours", "DONE"))))
        .isEqualTo(new SeedsShown(null, "no strategy of this study is auto-seed", null));
  }

  @Test
  void aRunThatIsNotDoneOrHasLostItsFeaturesIsNamedWithTheReason() {
    List<Line> ours = List.of(line("ours", "auto-seed"));
    assertThat(last(seeds, report(ours, cell(null, "ours", "NOT_RUN"))).remark())
        .isEqualTo("the run of ours in class order 3 with random seed 1 is not done");
    assertThat(last(seeds, report(ours, cell("damaged", "ours", "DONE"))))
        .isEqualTo(new SeedsShown("damaged", "features are not in the store", null));
  }

  @Test
  void aPictureThatBreaksHoldsNoReportBack() {
    assertThat(
            shownAfter(
                () -> {
                  throw new OutOfMemoryError("Java heap space");
                }))
        .isEqualTo(
            new SeedsShown(
                "ours-o3", "drawing it broke: java.lang.OutOfMemoryError: Java heap space", null));
    assertThat(
            shownAfter(
                    () -> {
                      throw new EngineException("not a number\nat frame 1");
                    })
                .remark())
        .isEqualTo("drawing it broke: ai.djl.engine.EngineException: not a number");
  }

  @Test
  void aPictureThatTakesTooLongOrMeetsNoCatalogHoldsNoReportBack() {
    assertThat(shownAfter(() -> sleep(Duration.ofSeconds(20))).remark())
        .isEqualTo("drawing it takes longer than 0 s");
    assertThat(
            shownAfter(
                    () -> {
                      throw new CatalogException("no connection");
                    })
                .remark())
        .isEqualTo("no connection");
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theReportIsWrittenBeforeItsPictureIsDrawn() {
    List<StudyReport> written = new CopyOnWriteArrayList<>();
    AtomicInteger before = new AtomicInteger();
    StudySeeds drawing =
        new StudySeeds(
            run -> {
              before.set(written.size());
              return PICTURE;
            },
            Duration.ofMinutes(1));

    drawing.illustrate(
        report(List.of(line("ours", "auto-seed")), cell("ours-o3", "ours", "DONE")), written::add);

    assertThat(before).hasValue(1);
    assertThat(written)
        .extracting(StudyReport::seeds)
        .containsExactly(
            new SeedsShown("ours-o3", "it is being drawn", null),
            new SeedsShown("ours-o3", null, PICTURE));
  }
}
