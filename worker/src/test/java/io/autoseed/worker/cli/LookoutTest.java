package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.catalog.CatalogException;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookoutTest {
  private static final Duration PERIOD = Duration.ofMillis(400);

  private final List<Duration> pauses = new ArrayList<>();
  private Instant now = Instant.EPOCH;

  @Test
  void whatIsLongInAnsweringIsAskedLessOften() {
    look(Duration.ofMillis(10), Duration.ofMillis(300), Duration.ofSeconds(30), Duration.ZERO);
    assertThat(pauses).containsExactly(PERIOD, Duration.ofSeconds(3), Duration.ofSeconds(10));
  }

  @Test
  void whatDidNotAnswerIsAskedAgainSoonHoweverLongThatTook() {
    now = Instant.EPOCH;
    List<Duration> silences = new ArrayList<>(List.of(Duration.ofSeconds(30)));
    lookout()
        .until(
            () -> {
              if (silences.isEmpty()) {
                return true;
              }
              now = now.plus(silences.remove(0));
              throw new CatalogException("no answer");
            },
            "run",
            "r-1");
    assertThat(pauses).containsExactly(PERIOD);
  }

  /** Looks that take so long, the last of which sees the end. */
  private void look(Duration... lengths) {
    Iterator<Duration> next = List.of(lengths).iterator();
    lookout()
        .until(
            () -> {
              now = now.plus(next.next());
              return !next.hasNext();
            },
            "run",
            "r-1");
  }

  private Lookout lookout() {
    Terminal terminal =
        new Terminal(
            CommandRun.stream(new ByteArrayOutputStream()),
            CommandRun.stream(new ByteArrayOutputStream()),
            false,
            false,
            80);
    return new Lookout(
        new ProgressDisplay(terminal, () -> now), () -> now, PERIOD, pauses::add, () -> true);
  }
}
