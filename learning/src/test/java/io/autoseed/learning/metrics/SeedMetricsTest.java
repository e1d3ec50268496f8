package io.autoseed.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.tensor.Tensor;
import org.junit.jupiter.api.Test;

class SeedMetricsTest {
  /**
   * Real classes about (1, 0, 0) and (3, 0, 0), deviations 0.2 along x (between the classes) and
   * 0.4 along y. S_par: 2 x 2 x 0.04 / 2 = 0.08 of 2 degrees; S_perp: 0.32.
   */
  private static final Tensor REAL =
      Tensor.of(new float[] {1.2f, 0.4f, 0, 0.8f, -0.4f, 0, 3.2f, 0.4f, 0, 2.8f, -0.4f, 0}, 4, 3);

  private static final int[] LABELS = {0, 0, 1, 1};

  @Test
  void seeds_that_are_the_examples_have_fidelity_and_ratios_of_one() {
    SeedMetrics metrics = SeedMetrics.of(REAL, LABELS, REAL, LABELS);
    assertThat(metrics.fidelity()).isCloseTo(1, within(1e-9));
    assertThat(metrics.fidelityDeviation()).isCloseTo(0, within(1e-9));
    assertThat(metrics.rhoParallel()).isCloseTo(1, within(1e-6));
    assertThat(metrics.rhoPerpendicular()).isCloseTo(1, within(1e-6));
  }

  @Test
  void ratios_are_those_computed_by_hand() {
    // Half the deviation along x, a quarter along y: ratios of squares 1/4 and 1/16.
    Tensor seeds =
        Tensor.of(new float[] {1.1f, 0.1f, 0, 0.9f, -0.1f, 0, 3.1f, 0.1f, 0, 2.9f, -0.1f, 0}, 4, 3);
    SeedMetrics metrics = SeedMetrics.of(seeds, LABELS, REAL, LABELS);
    assertThat(metrics.rhoParallel()).isCloseTo(1 / 4.0, within(1e-6));
    assertThat(metrics.rhoPerpendicular()).isCloseTo(1 / 16.0, within(1e-6));
    assertThat(metrics.differenceLow()).isPositive();
    assertThat(metrics.differenceHigh()).isCloseTo(3 / 16.0, within(1e-5));
  }

  @Test
  void the_interval_is_over_classes_drawn_again() {
    // The first class as above, 1/4 - 1/16; the second varies as the real one, 1 - 1.
    Tensor seeds =
        Tensor.of(new float[] {1.1f, 0.1f, 0, 0.9f, -0.1f, 0, 3.2f, 0.4f, 0, 2.8f, -0.4f, 0}, 4, 3);
    SeedMetrics metrics = SeedMetrics.of(seeds, LABELS, REAL, LABELS);
    assertThat(metrics.rhoParallel()).isCloseTo((1 / 4.0 + 1) / 2, within(1e-6));
    assertThat(metrics.rhoPerpendicular()).isCloseTo((1 / 16.0 + 1) / 2, within(1e-6));
    assertThat(metrics.differenceLow()).isCloseTo(0, within(1e-5));
    assertThat(metrics.differenceHigh()).isCloseTo(3 / 16.0, within(1e-5));
  }

  @Test
  void real_examples_that_do_not_vary_give_no_interval() {
    Tensor same = Tensor.of(new float[] {1, 0, 0, 1, 0, 0, 3, 0, 0, 3, 0, 0}, 4, 3);
    SeedMetrics metrics = SeedMetrics.of(same, LABELS, same, LABELS);
    assertThat(metrics.differenceLow()).isNaN();
    assertThat(metrics.differenceHigh()).isNaN();
  }

  @Test
  void one_real_example_a_class_measures_fidelity_alone() {
    Tensor one = Tensor.of(new float[] {1, 0, 0, 3, 0, 0}, 2, 3);
    SeedMetrics metrics = SeedMetrics.of(REAL, LABELS, one, new int[] {0, 1});
    assertThat(metrics.fidelity()).isCloseTo(1, within(1e-6));
    assertThat(metrics.rhoParallel()).isNaN();
    assertThat(metrics.rhoPerpendicular()).isNaN();
  }

  @Test
  void class_means_that_span_the_space_leave_no_complement_to_measure() {
    Tensor real =
        Tensor.of(
            new float[] {1.1f, 0.1f, 0.9f, -0.1f, 0.2f, 1.1f, -0.2f, 0.9f, -1, -1, -1.2f, -1.1f},
            6,
            2);
    int[] labels = {0, 0, 1, 1, 2, 2};
    SeedMetrics metrics = SeedMetrics.of(real, labels, real, labels);
    assertThat(metrics.rhoParallel()).isCloseTo(1, within(1e-6));
    assertThat(metrics.rhoPerpendicular()).isNaN();
  }

  @Test
  void fidelity_is_the_cosine_to_the_class_mean() {
    // 45 degrees off in the first class, exact in the second.
    Tensor seeds = Tensor.of(new float[] {1, 0, 1, 3, 0, 0}, 2, 3);
    SeedMetrics metrics = SeedMetrics.of(seeds, new int[] {0, 1}, REAL, LABELS);
    assertThat(metrics.fidelity()).isCloseTo((Math.sqrt(0.5) + 1) / 2, within(1e-6));
    assertThat(metrics.fidelityDeviation())
        .isCloseTo((1 - Math.sqrt(0.5)) / Math.sqrt(2), within(1e-6));
    assertThat(metrics.control()).isLessThan(1);
  }

  @Test
  void one_class_is_not_enough() {
    Tensor seed = Tensor.of(new float[] {1, 0, 0}, 1, 3);
    assertThatThrownBy(() -> SeedMetrics.of(seed, new int[] {0}, REAL, LABELS))
        .hasMessageContaining("two classes at least, found 1");
  }
}
