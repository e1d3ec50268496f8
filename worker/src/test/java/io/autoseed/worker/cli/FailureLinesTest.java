package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.workflows.Failures;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailureLinesTest {
  @Test
  void aCauseThatAddsNothingIsLeftOut() {
    Exception failure = new UncheckedIOException(new IOException("disk full"));
    assertThat(FailureLines.describe(failure)).isEqualTo("java.io.IOException: disk full");
  }

  @Test
  void severalLinesBecomeOne() {
    assertThat(FailureLines.describe(new IllegalStateException("first\n   second\r\nthird\n")))
        .isEqualTo("first second third");
  }

  @Test
  void aFailureThatWasMeantForPeopleEndsTheLine() {
    Exception failure =
        new CommandFailure("the stack is down: run autoseed up", new IOException("x"));
    assertThat(FailureLines.describe(failure)).isEqualTo("the stack is down: run autoseed up");
  }

  @Test
  void aFailureOfOursIsSaidAsItWasWritten() {
    Exception failure = Failures.badInput("there is no study.json", new IOException("x"));
    assertThat(FailureLines.describe(failure)).isEqualTo("there is no study.json");
  }

  @Test
  void anExceptionWithoutAMessageIsNamed() {
    assertThat(FailureLines.describe(new NullPointerException())).isEqualTo("NullPointerException");
  }
}
