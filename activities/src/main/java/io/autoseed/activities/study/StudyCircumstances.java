package io.autoseed.activities.study;

import java.lang.management.ManagementFactory;

/**
 * How a study was submitted, for whoever wants to repeat or to judge its times.
 *
 * @param command as it was typed
 * @param workers that computed then
 * @param parallel runs under way at a time
 * @param cores of the machine that submitted it
 * @param load of that machine then, see {@link #currentLoad()}
 */
public record StudyCircumstances(
    String command, int workers, int parallel, int cores, double load) {
  /** Those of this process. */
  static StudyCircumstances of(String command, StudyEstimate.Pace pace) {
    return new StudyCircumstances(
        command,
        pace.workers(),
        pace.parallel(),
        Runtime.getRuntime().availableProcessors(),
        currentLoad());
  }

  /**
   * Processes that ran on this machine or waited to run, mean of the last minute; negative if it
   * does not tell.
   */
  static double currentLoad() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
