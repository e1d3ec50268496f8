package io.autoseed.activities.study;

/**
 * Why a study ended without a report, at {@code studies/<study>/failure.json}.
 *
 * @param submission version of the study's record: a study submitted again since has not failed
 * @param reason one line
 */
record StudyFailure(String submission, String reason) {}
