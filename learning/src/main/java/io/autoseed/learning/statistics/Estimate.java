package io.autoseed.learning.statistics;

/**
 * A statistic and its 95 % bootstrap interval, in the unit of what was measured.
 *
 * @param value of what was measured
 * @param low 2.5 % of the draws lie below
 * @param high 2.5 % of the draws lie above
 */
public record Estimate(double value, double low, double high) {}
