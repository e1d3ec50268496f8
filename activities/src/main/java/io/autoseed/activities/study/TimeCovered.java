package io.autoseed.activities.study;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** How long at least one of some spans of time was under way: their union. */
final class TimeCovered {
  /** Ends by their beginnings; no two spans touch. */
  private final TreeMap<Instant, Instant> spans = new TreeMap<>();

  /** Counts a span; one that ends before it begins is none. */
  void add(Instant from, Instant to) {
    if (to.isBefore(from)) {
      return;
    }
    Instant begin = from;
    Instant end = to;
    Map.Entry<Instant, Instant> touched = spans.floorEntry(end);
    while (touched != null && !touched.getValue().isBefore(begin)) {
      begin = touched.getKey().isBefore(begin) ? touched.getKey() : begin;
      end = touched.getValue().isAfter(end) ? touched.getValue() : end;
      spans.remove(touched.getKey());
      touched = spans.floorEntry(end);
    }
    spans.put(begin, end);
  }

  /** The length of all. */
  double seconds() {
    return spans.entrySet().stream()
        .mapToDouble(span -> Duration.between(span.getKey(), span.getValue()).toMillis() / 1e3)
        .sum();
  }
}
