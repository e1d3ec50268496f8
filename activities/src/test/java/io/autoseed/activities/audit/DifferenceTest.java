package io.autoseed.activities.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DifferenceTest {
  @Test
  void ofLongTextsALineHoldsThePlaceWhereTheyDiffer() {
    String before = "{\"dataSets\":[" + "x".repeat(1000);
    String after = "y".repeat(1000) + "]}";

    assertThat(new Difference("catalog: a", before + "450" + after, before + "180" + after).line())
        .isEqualTo(
            "catalog: a: expected ...%1$s450%2$s..., found ...%1$s180%2$s..."
                .formatted("x".repeat(80), "y".repeat(77)));
    assertThat(new Difference("catalog: b", before + after, "no row").line())
        .hasSizeLessThan(220)
        .endsWith("..., found no row");
  }

  @Test
  void shortTextsAreWhole() {
    assertThat(new Difference("catalog: a", "one", "two").line())
        .isEqualTo("catalog: a: expected one, found two");
  }
}
