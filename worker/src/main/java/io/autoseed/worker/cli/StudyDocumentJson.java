package io.autoseed.worker.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.autoseed.activities.study.StudyReport;

/**
 * The document that {@code study --json} prints: the report and where its page lies.
 *
 * @param report its keys stand on the top level
 */
record StudyDocumentJson(@JsonUnwrapped StudyReport report, String reportFile) {}
