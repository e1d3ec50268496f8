package io.autoseed.activities.catalog;

import io.autoseed.workflows.ManifestReference;

/**
 * A learner state as a finished task left it.
 *
 * @param run that learned the task: another one than was asked for, if it shares the task
 * @param task index, from 0
 * @param manifest of the task's PUBLISH
 */
public record TrainedState(String run, int task, ManifestReference manifest) {}
