package io.autoseed.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.catalog.RunHistory.Whole;
import io.autoseed.activities.catalog.RunRow;
import io.autoseed.activities.catalog.TaskRow;
import io.autoseed.worker.report.RunView.PhaseView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewOfRunTest {
  private static final Instant SUBMITTED = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void aPhaseHasWaitedSinceTheCommitBeforeItOrSinceTheSubmission() {
    List<TaskRow> tasks = List.of(task(0), task(1));
    List<PhaseRow> phases =
        List.of(
            phase("parent", 0, "ENCODE", -500, -499),
            phase("run", 1, "ENCODE", 40, 42),
            phase("run", 1, "REPLAY", 42.5, 43),
            phase("run", 1, "ADAPT", 103, null));

    RunView view =
        new ViewOfRun(
                new Whole(run(), tasks, phases, List.of(), List.of(), List.of(), Optional.empty()),
                row -> {
                  throw new AssertionError("no task is done: no manifest is read");
                })
            .view();

    assertThat(view.tasks().get(0).phases()).extracting(PhaseView::waitSeconds).containsOnlyNulls();
    assertThat(view.tasks().get(1).phases())
        .extracting(PhaseView::waitSeconds)
        .containsExactly(40.0, 0.5, 60.0);
  }

  private static TaskRow task(int number) {
    return new TaskRow("run", number, "t-" + number, "d", "data", "d", List.of("a", "b"));
  }

  /**
   * @param begun seconds after the submission
   * @param committed the same; null if it is under way
   */
  private static PhaseRow phase(
      String run, int task, String phase, double begun, Integer committed) {
    Instant start = SUBMITTED.plusMillis((long) (1000 * begun));
    Instant end = committed == null ? null : SUBMITTED.plusSeconds(committed);
    return new PhaseRow(
        run,
        task,
        phase,
        1,
        committed == null ? null : "key",
        committed == null ? null : "version",
        committed == null ? null : "0".repeat(64),
        committed == null ? null : "1".repeat(64),
        null,
        committed == null ? null : 0.25,
        start,
        start,
        end);
  }

  private static RunRow run() {
    return new RunRow(
        "run",
        "run",
        "sequence",
        "0".repeat(64),
        "slda",
        "{}",
        7,
        "test",
        "avx2",
        "encode",
        "parent",
        0,
        null,
        null,
        false,
        "RUNNING",
        null,
        SUBMITTED,
        null,
        2,
        1,
        0,
        null);
  }
}
