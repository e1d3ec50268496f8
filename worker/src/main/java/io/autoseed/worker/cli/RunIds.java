package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.Runs;
import io.autoseed.learning.sequence.SequenceFile;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Ids of runs, which begin with their names: readable, sorted by time, unique. */
final class RunIds {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunIds() {}

  /** For example {@code quickstart-20261122-023045-3f2a}. */
  static String of(String name, Instant now, RandomGenerator random) {
    return "%s-%s-%04x".formatted(name, TIME.format(now), random.nextInt(0x10000));
  }

  /** Whether a run has that name. */
  static boolean isNamed(String run, String name) {
    return run.startsWith(name) && run.substring(name.length()).matches(Runs.AFTER_NAME);
  }

  /**
   * Refuses what a user chose for a name if no id may begin so.
   *
   * @param name of a run or a study; null if none was chosen
   * @param command named by the error
   * @throws ParameterException with the characters that it may have
   */
  static void requireName(String name, CommandSpec command) {
    if (name != null && !SequenceFile.isName(name)) {
      throw new ParameterException(
          command.commandLine(),
          "--name: expected up to 64 letters, digits, dots, dashes and underscores, the first a"
              + " letter or a digit, found '"
              + name
              + "'");
    }
  }

  /** The run of a baseline that accompanies {@code main}. */
  static String baseline(String main, String strategy) {
    return main + "-" + strategy;
  }
}
