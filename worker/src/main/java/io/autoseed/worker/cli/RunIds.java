package io.autoseed.worker.cli;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Names of runs: readable, sorted by time, unique. */
final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final int LONGEST_NAME = 60;

  private RunIds() {}

  /** For example {@code quickstart-20261122-023045-3f2a}. */
  static String of(String name, Instant now, RandomGenerator random) {
    return "%s-%s-%04x".formatted(word(name), TIME.format(now), random.nextInt(0x10000));
  }

  /** A name as it may begin an id. */
  static String word(String name) {
    String word = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+", "");
    String kept = word.length() > LONGEST_NAME ? word.substring(0, LONGEST_NAME) : word;
    return kept.isEmpty() ? "run" : kept;
  }

  /** The run of a baseline that accompanies {@code main}. */
  static String baseline(String main, String strategy) {
    return main + "-" + strategy;
  }
}
