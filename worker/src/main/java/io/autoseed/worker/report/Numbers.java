package io.autoseed.worker.report;

import io.autoseed.activities.study.StudyMetric;
import java.util.Locale;

/** How numbers are written for people. */
public final class Numbers {
  private static final String NONE = "-";

  private Numbers() {}

  /** A count of things: {@code 1 task}, {@code 3 tasks}. */
  public static String counted(long count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  /** A percentage with one decimal, without the sign: {@code 83.4}. */
  static String percent(Double value) {
    return value == null ? NONE : String.format(Locale.ROOT, "%.1f", zeroed(value));
  }

  /** A difference of percentages: {@code +1.2}; zero has no sign. */
  static String points(Double value) {
    if (value == null) {
      return NONE;
    }
    double shown = zeroed(value);
    return String.format(Locale.ROOT, shown == 0 ? "%.1f" : "%+.1f", shown);
  }

  /** Points to what is better, up or down, after a title; nothing where nothing is. */
  static String arrow(StudyMetric.Better better) {
    return switch (better) {
      case HIGHER -> " ↑";
      case LOWER -> " ↓";
      case NEITHER -> "";
    };
  }

  /** A p value: {@code p=0.016}; {@code p<0.001} where three decimals cannot say it. */
  static String probability(double p) {
    return p < 0.001 ? "p<0.001" : String.format(Locale.ROOT, "p=%.3f", p);
  }

  /** A number of bytes, in units of thousands: {@code 2.0 kB}. */
  public static String bytes(Double bytes) {
    if (bytes == null) {
      return NONE;
    }
    if (bytes < 1000) {
      return String.format(Locale.ROOT, "%.0f B", bytes);
    }
    if (bytes < 1e6) {
      return String.format(Locale.ROOT, "%.1f kB", bytes / 1e3);
    }
    return bytes < 1e9
        ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }

  static String seconds(double seconds) {
    if (seconds < 10) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return seconds < 600
        ? String.format(Locale.ROOT, "%.0f s", seconds)
        : String.format(Locale.ROOT, "%.0f min", seconds / 60);
  }

  /** Without the minus of values that round to zero. */
  private static double zeroed(double value) {
    return Math.abs(value) < 0.05 ? 0 : value;
  }
}
