package io.autoseed.workflows;

import java.util.Map;

/**
 * @param manifest the committed manifest
 * @param metrics the phase's metrics by name
 * @param computeSeconds time spent computing in the attempt that committed, or before its
 *     checkpoint
 * @param reused whether an earlier result was adopted instead of computed
 */
public record PhaseOutcome(
    Phase phase,
    ManifestReference manifest,
    Map<String, Double> metrics,
    double computeSeconds,
    boolean reused) {}
