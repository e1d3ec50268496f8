package io.autoseed.learning.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.tensor.CounterRandom;
import org.junit.jupiter.api.Test;

class PhaseInputTest {
  /** Another name would be other draws: every strategy's version would have to be raised. */
  @Test
  void a_stream_is_named_by_the_phase_the_purpose_and_the_step() {
    PhaseInput input = TaskPhases.replay(2, 7, LearnerState.empty(), TaskClasses.none(4));
    assertThat(input.random("drawn", 5).gaussians(3))
        .isEqualTo(CounterRandom.of(7, 2, "REPLAY/drawn", 5).gaussians(3));
  }
}
