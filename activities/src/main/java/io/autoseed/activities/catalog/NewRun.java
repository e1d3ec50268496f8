package io.autoseed.activities.catalog;

import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.TaskDocument;
import java.util.List;

/**
 * A run as it is submitted.
 *
 * @param id unique; also the Temporal workflow's id
 * @param tasks the documents that {@code sequence.tasks()} names, in order
 * @param dataSets every data set that a task reads
 * @param codeVersion of the build that submits it
 * @param numericProfile that its phases will be computed under
 * @param forkedFrom the run whose past it shares, or null
 * @param forkedAfterTask index of the last task it shares, or null
 * @param beside the main run that this baseline accompanies, or null
 * @param study that it is a member of, or null
 * @param dropsFeatures whether training features go once their task is published
 */
public record NewRun(
    String id,
    SequenceDocument sequence,
    List<TaskDocument> tasks,
    List<DataSetRow> dataSets,
    String codeVersion,
    String numericProfile,
    Reuse reuse,
    String forkedFrom,
    Integer forkedAfterTask,
    String beside,
    String study,
    boolean dropsFeatures) {}
