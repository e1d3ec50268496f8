package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  record Measured(double value, float small, long count, String text, List<String> names) {}

  record Settings(SortedMap<String, Object> values) {}

  @Test
  void keys_are_sorted_and_nothing_is_between() {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("b", List.of(1, 2));
    value.put("a", Map.of("z", true));
    value.put("B", null);

    assertThat(text(value)).isEqualTo("{\"B\":null,\"a\":{\"z\":true},\"b\":[1,2]}");
  }

  @Test
  void numbers_are_the_shortest_that_read_back_the_same() {
    assertThat(text(new Measured(2e-3, 0.1f, 1L << 53, "", List.of())))
        .isEqualTo(
            "{\"count\":9007199254740992,\"names\":[],\"small\":0.1,\"text\":\"\",\"value\":0.002}");
    assertThat(text(List.of(Double.parseDouble("2E23"), 1.0, -0.0, Double.MIN_VALUE)))
        .isEqualTo("[2.0E23,1.0,-0.0,4.9E-324]");
  }

  @Test
  void texts_are_utf8_with_only_the_needed_escapes() {
    assertThat(text(List.of("\u00fc\ud83d\ude00\"\\\n\u0001/")))
        .isEqualTo("[\"\u00fc\ud83d\ude00\\\"\\\\\\n\\u0001/\"]");
  }

  @Test
  void a_record_reads_back_as_itself() {
    Measured value = new Measured(1.0 / 3, 1e-7f, -5, "x", List.of("a", "b"));

    assertThat(CanonicalJson.read(CanonicalJson.bytes(value), Measured.class)).isEqualTo(value);
  }

  @Test
  void whole_and_real_settings_keep_their_types() {
    byte[] json = "{\"values\":{\"a\":1.0,\"b\":1}}".getBytes(StandardCharsets.UTF_8);
    Settings settings = CanonicalJson.read(json, Settings.class);

    assertThat(settings.values()).containsEntry("a", 1.0).containsEntry("b", 1);
    assertThat(CanonicalJson.bytes(settings)).isEqualTo(json);
  }

  @Test
  void the_digest_is_the_sha256_of_the_bytes() {
    assertThat(CanonicalJson.digest(Map.of()))
        .isEqualTo("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
  }

  @Test
  void what_has_no_canonical_form_is_refused() {
    for (Object value : Arrays.asList(Double.NaN, Float.NEGATIVE_INFINITY, "\ud800")) {
      assertThatThrownBy(() -> CanonicalJson.bytes(List.of(value)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{\"values\":{}} x",
        "{\"values\":{},\"other\":1}",
        "{\"values\":{},\"values\":{}}",
        "{\"values\":3}"
      })
  void what_is_not_such_a_record_is_refused(String json) {
    assertThatThrownBy(
            () -> CanonicalJson.read(json.getBytes(StandardCharsets.UTF_8), Settings.class))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(Object value) {
    return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }
}
