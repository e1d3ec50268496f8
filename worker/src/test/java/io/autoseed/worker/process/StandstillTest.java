package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandstillTest {
  @ParameterizedTest
  @CsvSource({
    "3.5, under a minute so far",
    "59.9, under a minute so far",
    "60, 1 min so far",
    "3599, 59 min so far",
    "7320, 2 h 2 min so far"
  })
  void aRunThatIsQueuedSaysForHowLongToTheMinute(double seconds, String soFar) {
    assertThat(new Standstill(null, seconds, List.of()).line())
        .contains("waits for a free worker, " + soFar);
  }

  @Test
  void aRunThatWaitsToBeTriedAgainSaysBoth() {
    assertThat(new Standstill("adapt, attempt 2, after: no heartbeat", 65.0, List.of()).line())
        .contains("adapt, attempt 2, after: no heartbeat; waits for a free worker, 1 min so far");
  }

  @Test
  void theWayOutIsAnotherWorkerOrTheEndOfTheRunsThatHaveThem() {
    assertThat(new Standstill(null, 7.0, List.of("long-1")).wayOut())
        .contains(
            "a worker computes one phase at a time: autoseed up --workers N starts more, or wait"
                + " for run long-1");
    assertThat(new Standstill(null, 7.0, List.of("long-1", "long-2")).wayOut())
        .hasValueSatisfying(line -> assertThat(line).endsWith("wait for runs long-1, long-2"));
    assertThat(new Standstill(null, 7.0, List.of()).wayOut())
        .hasValueSatisfying(line -> assertThat(line).contains("autoseed status"));
  }

  @Test
  void aRunThatHasItsWorkerNeedsNoOther() {
    assertThat(Standstill.of("adapt, attempt 2, after: no heartbeat").wayOut()).isEmpty();
    assertThat(Standstill.NONE.line()).isEmpty();
  }
}
