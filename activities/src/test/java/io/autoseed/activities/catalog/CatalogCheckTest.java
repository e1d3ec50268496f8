package io.autoseed.activities.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CatalogCheckTest {
  @Test
  void rowsThatDifferAreNamedInCountingOrderWithWhatTheyHold() {
    TreeMap<String, String> expected =
        new TreeMap<>(Map.of("outbox 10", "ten", "outbox 9", "nine", "task 1", "same"));
    TreeMap<String, String> found =
        new TreeMap<>(
            Map.of("outbox 9", "other", "task 1", "same", "task 2", "more", "attempt 3", "later"));

    assertThat(CatalogCheck.compare(expected, found))
        .isEqualTo(
            List.of(
                new CatalogCheck.Mismatch("outbox 9", "nine", "other"),
                new CatalogCheck.Mismatch("outbox 10", "ten", "no row"),
                new CatalogCheck.Mismatch("task 2", "no row", "more")));
  }
}
