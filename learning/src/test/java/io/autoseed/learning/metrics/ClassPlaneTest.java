package io.autoseed.learning.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.autoseed.learning.tensor.Tensor;
import org.junit.jupiter.api.Test;

class ClassPlaneTest {
  /**
   * Means about (1, 1, 1, 1): three units apart along one axis, two along another, a bit beside.
   */
  private static final Tensor MEANS =
      Tensor.of(
          new float[] {
            1, 4, 1, 1,
            1, -2, 1, 1,
            3, 1, 1, 1,
            -1, 1, 1, 1,
            1, 1, 1, 1.5f,
            1, 1, 1, 0.5f
          },
          6,
          4);

  @Test
  void thePlaneHoldsTheTwoDirectionsInWhichTheMeansDifferMost() {
    ClassPlane plane = ClassPlane.of(MEANS);

    assertThat(plane.explained()).isCloseTo(100 * 26 / 26.5, within(1e-6));
    double[][] places = plane.place(MEANS);
    double sign = Math.signum(places[0][0]);
    assertThat(places[0][0] * sign).isCloseTo(3, within(1e-6));
    assertThat(places[1][0] * sign).isCloseTo(-3, within(1e-6));
    assertThat(places[2][1]).isCloseTo(-places[3][1], within(1e-6));
    assertThat(Math.abs(places[2][1])).isCloseTo(2, within(1e-6));
    assertThat(places[4]).usingComparatorWithPrecision(1e-6).containsExactly(0, 0);
  }

  @Test
  void aVectorStandsWhereItsPartInThePlaneIs() {
    double[][] place = ClassPlane.of(MEANS).place(Tensor.of(new float[] {1.5f, 1, 40, -7}, 1, 4));

    assertThat(Math.abs(place[0][0])).isLessThan(1e-6);
    assertThat(Math.abs(place[0][1])).isCloseTo(0.5, within(1e-6));
  }

  @Test
  void meansThatSpanNoPlaneAreRefused() {
    assertThatThrownBy(() -> ClassPlane.of(Tensor.of(new float[] {0, 0, 1, 1}, 2, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("found 2");
    assertThatThrownBy(() -> ClassPlane.of(Tensor.of(new float[] {0, 0, 1, 1, 3, 3}, 3, 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("on a line");
  }

  @Test
  void theClassesMostAlikeBeginWithTheClosestPairAndGrowByTheNextClosest() {
    Tensor means =
        Tensor.of(
            new float[] {
              0, 1, // far from all
              1, 0.5f, // next to the pair
              5, 0, // the pair, whatever its length
              1, 0.1f,
              -1, 0
            },
            5,
            2);

    assertThat(AlikeClasses.of(means, 2)).containsExactly(2, 3);
    assertThat(AlikeClasses.of(means, 3)).containsExactly(1, 2, 3);
    assertThat(AlikeClasses.of(means, 9)).containsExactly(0, 1, 2, 3, 4);
  }
}
