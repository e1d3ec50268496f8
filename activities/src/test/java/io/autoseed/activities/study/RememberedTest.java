package io.autoseed.activities.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RememberedTest {
  private final List<String> made = new ArrayList<>();
  private final Remembered<String> remembered = new Remembered<>(2);

  private String get(String name) {
    return remembered.get(
        name,
        () -> {
          made.add(name);
          return name + "!";
        });
  }

  @Test
  void ofMoreThanItMayHoldTheOneUsedLeastRecentlyIsMadeAnew() {
    assertThat(List.of(get("a"), get("b"), get("a"), get("c"), get("a"), get("b")))
        .containsExactly("a!", "b!", "a!", "c!", "a!", "b!");
    assertThat(made).containsExactly("a", "b", "c", "b");
  }
}
