package io.autoseed.workflows;

/**
 * What a run answers when asked.
 *
 * @param sequence digest of the newest revision
 * @param tasks number of tasks of that revision
 * @param nextTask index of the task being learned, or {@code tasks}
 * @param input the last committed manifest between tasks; null before the first task is done
 */
public record RunStatus(
    String run,
    RunState state,
    String sequence,
    int tasks,
    int nextTask,
    ManifestReference input) {}
