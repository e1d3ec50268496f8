package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanMatrixTest {
  private final MeanMatrix matrix = new MeanMatrix();

  @Test
  void isTheMeanOfEachCellThatAllHaveMeasured() {
    matrix.add(List.of(List.of(90.0, 10.0), List.of(80.0, 70.0), List.of(1.0, 2.0)));
    matrix.add(List.of(Arrays.asList(70.0, null), List.of(60.0, 50.0)));
    matrix.add(List.of(List.of(80.0, 30.0), List.of(70.0, 60.0)));

    assertThat(matrix.matrices()).isEqualTo(3);
    assertThat(matrix.mean()).containsExactly(Arrays.asList(80.0, null), List.of(70.0, 60.0));
  }

  @Test
  void isEmptyWithoutOne() {
    assertThat(matrix.mean()).isEmpty();
  }
}
