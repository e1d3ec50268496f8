package io.autoseed.learning.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateScheduleTest {
  @Test
  void constant_is_the_learning_rate_itself() {
    assertThat(new Schedule(10, 0.002, 8, RateSchedule.CONSTANT).rates(3).applyAsDouble(9))
        .isEqualTo(0.002);
  }

  @Test
  void cosine_falls_from_the_whole_rate_through_half_of_it_to_nearly_nothing() {
    assertThat(RateSchedule.COSINE.share(0, 100, 5)).isEqualTo(1);
    assertThat(RateSchedule.COSINE.share(50, 100, 5)).isCloseTo(0.5, within(1e-12));
    assertThat(RateSchedule.COSINE.share(99, 100, 5)).isBetween(0.0, 0.001);
  }

  @Test
  void infinite_warms_up_cools_down_stays_and_anneals_in_the_first_task() {
    double[] shares =
        IntStream.range(0, 100).mapToDouble(i -> RateSchedule.INFINITE.share(i, 100, 0)).toArray();
    assertThat(shares[4]).isCloseTo(0.5, within(1e-12));
    assertThat(shares[9]).isCloseTo(1, within(1e-12));
    assertThat(shares[29]).isCloseTo(0.75, within(1e-12));
    assertThat(IntStream.rangeClosed(49, 79).mapToDouble(i -> shares[i])).containsOnly(0.5);
    assertThat(shares[89]).isCloseTo(Math.sqrt(0.5 * 0.01), within(1e-12));
    assertThat(shares[99]).isCloseTo(0.01, within(1e-12));
  }

  @Test
  void infinite_never_warms_up_again() {
    assertThat(IntStream.range(0, 80).mapToDouble(i -> RateSchedule.INFINITE.share(i, 100, 1)))
        .containsOnly(0.5);
    assertThat(RateSchedule.INFINITE.share(99, 100, 1)).isCloseTo(0.01, within(1e-12));
  }
}
