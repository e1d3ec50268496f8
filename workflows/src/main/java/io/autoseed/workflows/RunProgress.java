package io.autoseed.workflows;

import java.util.List;

/**
 * The state of a run between two histories.
 *
 * @param sequence digest of the newest revision
 * @param tasks number of tasks of that revision
 * @param nextTask index of the task to learn next
 * @param input manifest that {@code nextTask} starts from; null before the first
 * @param paused whether the run waits to be resumed
 * @param updates ids of the last updates applied, oldest first: a repeated one changes nothing
 */
public record RunProgress(
    String sequence,
    int tasks,
    int nextTask,
    ManifestReference input,
    boolean paused,
    List<String> updates) {}
