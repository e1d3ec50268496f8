package io.autoseed.workflows;

/**
 * @param phase the phase being performed
 * @param held whether it waits to be resumed
 */
public record TaskStatus(int task, Phase phase, boolean held) {}
