package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Instant now = Instant.EPOCH;

  @Test
  void awayFromATerminalALineComesWhenSomethingNewBeginsAndAtMostEveryFiveSeconds() {
    ProgressDisplay display = display(false);
    display.show(0.10, "task 1, adapt");
    pass(2);
    display.show(0.15, "task 1, evaluate"); // too soon
    pass(3);
    display.show(0.20, "task 2, adapt");
    pass(9);
    display.show(0.25, "task 2, adapt"); // nothing new
    display.close();
    assertThat(shown()).isEqualTo(" 10%  task 1, adapt\n 20%  task 2, adapt\n");
  }

  @Test
  void awayFromATerminalTheStepsOfWhatGoesOnComeEachMinute() {
    ProgressDisplay display = display(false);
    for (int step = 0; step <= 65; step += 5) {
      display.show(0.1, "task 1, adapt", ", step " + step);
      pass(5);
    }
    pass(60);
    display.show(0.1, "task 1, adapt", ""); // nobody knows how far
    display.show(0.2, "task 2, adapt", ", step 1");
    display.close();
    assertThat(shown())
        .isEqualTo(
            " 10%  task 1, adapt, step 0\n 10%  task 1, adapt, step 60\n 20%  task 2, adapt, step 1\n");
  }

  @Test
  void onATerminalTheLineIsDrawnAgainAndGoneAtTheEnd() {
    ProgressDisplay display = display(true);
    display.show(0.5, "task 2, adapt");
    pass(61);
    display.show(1.7, "task 4, publish");
    display.close();
    String[] drawn = shown().split("\r\033\\[K", -1);
    assertThat(drawn)
        .containsExactly(
            "",
            "████████████░░░░░░░░░░░░  50%  task 2, adapt  0:00",
            "████████████████████████ 100%  task 4, publish  1:01",
            "");
  }

  @Test
  void aLineLongerThanTheTerminalIsCutSoThatItCanBeDrawnAgain() {
    ProgressDisplay display = display(true);
    display.show("x".repeat(200));
    assertThat(shown()).isEqualTo("\r\033[K" + "x".repeat(58) + "…");
  }

  @Test
  void nothingGoesToStandardOutput() {
    ProgressDisplay display = display(true);
    display.show(0.5, "half");
    display.line("a line");
    display.close();
    assertThat(out.size()).isZero();
  }

  private ProgressDisplay display(boolean live) {
    Terminal terminal =
        new Terminal(CommandRun.stream(out), CommandRun.stream(err), live, false, 60);
    return new ProgressDisplay(terminal, () -> now);
  }

  private void pass(int seconds) {
    now = now.plus(Duration.ofSeconds(seconds));
  }

  private String shown() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
