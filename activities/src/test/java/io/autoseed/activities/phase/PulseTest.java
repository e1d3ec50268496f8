package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.failure.CanceledFailure;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the server hears of an activity that it has told to stop. */
@Timeout(180)
class PulseTest {
  private final BeatingActivity activity = new BeatingActivity();
  private boolean asExpected;

  @AfterEach
  void close() {
    activity.close();
  }

  /** Performs some work of an activity that has been told to stop. */
  private void whenToldToStop(Function<Pulse, Boolean> work) {
    assertThatThrownBy(
            () ->
                activity.perform(
                    pulse -> {
                      activity.tellToStop(pulse);
                      asExpected = work.apply(pulse);
                      pulse.check();
                    }))
        .isInstanceOf(CanceledFailure.class);
  }

  @Test
  void aStepUnderWayIsHeardOfToItsEnd() {
    whenToldToStop(pulse -> pulse.computing(activity::isHeardOf));

    assertThat(asExpected).isTrue();
  }

  @Test
  void whoWaitsForAServiceIsNotHeardOfAnyMore() {
    whenToldToStop(pulse -> activity.fallsSilent());

    assertThat(asExpected).isTrue();
  }

  @Test
  void norIsAStepThatWaitsForOne() {
    whenToldToStop(pulse -> pulse.computing(() -> pulse.waiting(activity::fallsSilent)));

    assertThat(asExpected).isTrue();
  }

  @Test
  void aStepThatHasWaitedForAServiceIsHeardOf() {
    whenToldToStop(
        pulse ->
            pulse.computing(
                () -> {
                  pulse.waiting(() -> null);
                  return activity.isHeardOf();
                }));

    assertThat(asExpected).isTrue();
  }
}
