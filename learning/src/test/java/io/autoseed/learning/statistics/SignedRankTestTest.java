package io.autoseed.learning.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values counted by hand: subsets of ranks whose sum is at most the smaller one, over 2^n. */
class SignedRankTestTest {
  @Test
  void eightDifferencesOfOneSignHaveTwoChancesInTwoHundredFiftySix() {
    assertThat(SignedRankTest.pValue(1, 2, 3, 4, 5, 6, 7, 8)).isEqualTo(2.0 / 256);
    assertThat(SignedRankTest.pValue(-1, -2, -3, -4, -5, -6, -7, -8)).isEqualTo(2.0 / 256);
  }

  @Test
  void aRankSumOfThreeAgainstTheRestHasFiveSubsetsOnEitherSide() {
    assertThat(SignedRankTest.pValue(1, 2, -3, 4, 5, 6, 7, 8)).isEqualTo(10.0 / 256);
    assertThat(SignedRankTest.pValue(-1, -2, 3, 4, 5, 6, 7, 8)).isEqualTo(10.0 / 256);
  }

  @Test
  void onlyTheOrderOfTheSizesCounts() {
    assertThat(SignedRankTest.pValue(0.1, 0.2, -0.3, 40, 50, 600, 700, 8000))
        .isEqualTo(SignedRankTest.pValue(1, 2, -3, 4, 5, 6, 7, 8));
  }

  @Test
  void equalSizesShareTheirRanks() {
    assertThat(SignedRankTest.pValue(1, 1, -1)).isEqualTo(1);
    // Ranks 1.5, 1.5, 3, 4; the negative ones sum to 1.5: subsets {}, {1.5}, {1.5} on either side.
    assertThat(SignedRankTest.pValue(1, -1, 2, 3)).isEqualTo(6.0 / 16);
  }

  @Test
  void sizesApartByRoundingAloneAreEqual() {
    assertThat(SignedRankTest.pValue(0.3, -(0.1 + 0.2), 1, 2)).isEqualTo(6.0 / 16);
    assertThat(SignedRankTest.pValue(1, -1 + 1e-14, 2, 3)).isEqualTo(6.0 / 16);
    assertThat(SignedRankTest.pValue(0.1 + 0.2 - 0.3, 1, 2, 3)).isEqualTo(2.0 / 8);
  }

  @Test
  void differencesOfZeroAreLeftOut() {
    assertThat(SignedRankTest.pValue(0, 1, 2, 3, 0)).isEqualTo(SignedRankTest.pValue(1, 2, 3));
    assertThat(SignedRankTest.pValue(0, 0)).isEqualTo(1);
  }

  @Test
  void aThousandPairsAreStillExact() {
    double[] differences = new double[1000];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = i % 2 == 0 ? i + 1 : -i - 1;
    }
    // The normal approximation: z = 0.0274 of a sum 250 off its mean, deviation 9135.6.
    assertThat(SignedRankTest.pValue(differences)).isBetween(0.97, 0.99);
  }

  @Test
  void fiveOrdersCannotReachFivePercentAndSixCan() {
    assertThat(SignedRankTest.smallest(5)).isEqualTo(0.0625);
    assertThat(SignedRankTest.smallest(6)).isEqualTo(0.03125);
    assertThat(SignedRankTest.pValue(1, 2, 3, 4, 5)).isEqualTo(SignedRankTest.smallest(5));
  }
}
