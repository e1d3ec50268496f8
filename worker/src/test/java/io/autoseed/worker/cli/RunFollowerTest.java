package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.worker.process.Standstill;
import io.autoseed.worker.report.RunCatalog;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunFollowerTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ScriptedCatalog catalog = new ScriptedCatalog();
  private Instant now = Instant.EPOCH;
  private final Map<String, Standstill> standstills = new HashMap<>();
  private boolean stackIsUp = true;

  @Test
  void itEndsWhenEveryRunHasEndedAndSaysHowEach() {
    catalog.put(
        "main", progress("main", "RUNNING", 1, "task 0 adapt"), progress("main", "DONE", 4, ""));
    catalog.put(
        "main-slda",
        progress("slda", "RUNNING", 0, ""),
        progress("slda", "RUNNING", 2, "task 1 encode"),
        progress("slda", "FAILED", 2, ""));
    List<RunCatalog.Progress> ended = follower().followAll("main", List.of("main-slda"));
    assertThat(ended).extracting(RunCatalog.Progress::state).containsExactly("DONE", "FAILED");
    assertThat(shown().lines())
        .containsExactly(
            " 12%  main task 0 adapt  (0/2 runs done)",
            " 75%  slda task 1 encode  (1/2 runs done)");
  }

  @Test
  void aRunThatNobodyHasBegunWaitsForAWorker() {
    catalog.put("main", progress("main", "SUBMITTED", 0, ""), progress("main", "DONE", 4, ""));
    follower().follow(List.of("main"));
    assertThat(shown()).isEqualTo("  0%  waiting for a worker\n");
  }

  @Test
  void aRunThatDoesNotGetOnSaysWhyUntilItDoes() {
    RunCatalog.Progress stuck = progress("main", "RUNNING", 1, "task 0 adapt");
    List<RunCatalog.Progress> story = new ArrayList<>(Collections.nCopies(20, stuck));
    story.add(progress("main", "RUNNING", 2, "task 0 seed update"));
    story.add(progress("main", "DONE", 4, ""));
    catalog.put("main", story.toArray(RunCatalog.Progress[]::new));
    standstills.put(
        "id",
        new Standstill(
            "adapt, attempt 4, after: reading x was refused: AccessDenied", null, List.of()));

    follower().follow(List.of("main"));

    assertThat(shown().lines())
        .containsExactly(
            " 25%  main task 0 adapt",
            " 25%  main task 0 adapt: adapt, attempt 4, after: reading x was refused:"
                + " AccessDenied",
            " 50%  main task 0 seed update");
  }

  @Test
  void aLongPhaseSaysHowFarItIs() {
    RunCatalog.Progress training = progress("main", "RUNNING", 1, "task 0 adapt");
    List<RunCatalog.Progress> story = new ArrayList<>(Collections.nCopies(20, training));
    story.add(progress("main", "DONE", 4, ""));
    catalog.put("main", story.toArray(RunCatalog.Progress[]::new));
    standstills.put("id", new Standstill(null, null, List.of(), 1200, 60_000, "4421@host"));

    follower().follow(List.of("main"));

    assertThat(shown().lines())
        .containsExactly(
            " 25%  main task 0 adapt", " 25%  main task 0 adapt, step 1,200 of 60,000");
  }

  @Test
  void aRunBehindAnotherSaysAtEachWaitThatItWaitsForAWorkerAndOnceWhatToDo() {
    List<RunCatalog.Progress> story = new ArrayList<>();
    story.addAll(Collections.nCopies(20, progress("main", "RUNNING", 0, "task 0 encode")));
    story.addAll(Collections.nCopies(20, progress("main", "RUNNING", 1, "task 0 adapt")));
    story.add(progress("main", "DONE", 4, ""));
    catalog.put("main", story.toArray(RunCatalog.Progress[]::new));
    Standstill queued = new Standstill(null, 7.0, List.of("long-1"));
    standstills.put("id", queued);

    follower().follow(List.of("main"));

    assertThat(shown().lines())
        .containsExactly(
            "  0%  main task 0 encode",
            queued.wayOut().orElseThrow(),
            "  0%  main task 0 encode: waits for a free worker, under a minute so far",
            " 25%  main task 0 adapt",
            " 25%  main task 0 adapt: waits for a free worker, under a minute so far");
  }

  @Test
  void aRunThatSomebodyPausesSaysSoAlsoBetweenTwoPhasesAndThatItGoesOn() {
    catalog.put(
        "main",
        progress("main", "RUNNING", 1, "task 0 adapt"),
        progress("main", "PAUSED", 1, "task 0 adapt"),
        progress("main", "PAUSED", 2, ""),
        progress("main", "RUNNING", 2, "task 1 encode"),
        progress("main", "DONE", 4, ""));
    follower().follow(List.of("main"));
    assertThat(shown().lines())
        .containsExactly(
            " 25%  main task 0 adapt",
            "main is paused: autoseed resume id lets it go on",
            " 25%  main paused at task 0 adapt",
            " 50%  paused",
            "main goes on",
            " 50%  main task 1 encode");
  }

  @Test
  void aRunWhosePhasesAreAllDoneIsFinishing() {
    catalog.put("main", progress("main", "RUNNING", 4, ""), progress("main", "DONE", 4, ""));
    follower().follow(List.of("main"));
    assertThat(shown()).isEqualTo("100%  finishing\n");
  }

  @Test
  void anUnknownRunIsAFailureThatSaysWhereIdsAre() {
    assertThatThrownBy(() -> follower().follow(List.of("main")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("autoseed runs");
  }

  @Test
  void aCatalogThatIsAwayForAMomentIsWaitedFor() {
    catalog.put("main", progress("main", "DONE", 4, ""));
    catalog.failures = 2;
    assertThat(follower().follow(List.of("main"))).hasSize(1);
    assertThat(shown()).isEqualTo("waiting for the catalog\n");
  }

  @Test
  void aStackThatWasTakenDownEndsItWithALineThatSaysHowToGoOn() {
    catalog.failures = 1;
    stackIsUp = false;
    assertThatThrownBy(() -> follower().follow(List.of("main")))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("autoseed up")
        .hasMessageContaining("autoseed watch main");
  }

  private static RunCatalog.Progress progress(String strategy, String state, int done, String now) {
    return new RunCatalog.Progress("id", strategy, state, done, 4, now, null);
  }

  private RunFollower follower() {
    Terminal terminal =
        new Terminal(
            CommandRun.stream(new ByteArrayOutputStream()),
            CommandRun.stream(err),
            false,
            false,
            80);
    ProgressDisplay display = new ProgressDisplay(terminal, () -> now);
    Lookout lookout =
        new Lookout(
            display,
            () -> now,
            Duration.ofSeconds(6),
            time -> now = now.plus(time),
            () -> stackIsUp);
    return new RunFollower(
        catalog, display, lookout, run -> standstills.getOrDefault(run, Standstill.NONE));
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
