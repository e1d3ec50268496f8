package io.autoseed.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Numbers as results state them. */
final class Measure {
  private Measure() {}

  /**
   * The value that a share of all values does not exceed (nearest rank).
   *
   * @param values at least one
   * @param share above 0, up to 1
   */
  static double percentile(Collection<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) Math.ceil(share * sorted.size()) - 1);
  }

  /** {@code {count, p50, p99}} of milliseconds. */
  static ObjectNode milliseconds(Collection<Double> seconds) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("count", seconds.size());
    node.put("p50Millis", rounded(1000 * percentile(seconds, 0.5)));
    node.put("p99Millis", rounded(1000 * percentile(seconds, 0.99)));
    return node;
  }

  /** Processes that ran or waited to run, mean of the last minute. */
  static double load() {
    return rounded(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  /** To four digits. */
  static double rounded(double value) {
    return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
  }
}
