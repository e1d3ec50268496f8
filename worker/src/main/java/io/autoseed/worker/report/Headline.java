package io.autoseed.worker.report;

/**
 * The metrics of a run, in percent or percentage points; null where one could not be measured.
 *
 * @param last mean accuracy over all tasks after the last one
 * @param avg average incremental accuracy: mean over i of the mean over j <= i of R[i][j]
 * @param bwt backward transfer: change of a task's accuracy since it was learned
 * @param forgetting the best accuracy a task ever had minus the one it ends with
 * @param fwt forward transfer: accuracy on a task before its data came, minus zero-shot
 * @param transfer mean accuracy on tasks not yet learned
 */
public record Headline(
    Double last, Double avg, Double bwt, Double forgetting, Double fwt, Double transfer) {}
