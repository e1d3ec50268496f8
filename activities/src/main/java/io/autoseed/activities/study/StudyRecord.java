package io.autoseed.activities.study;

import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.workflows.RunPolicy;
import java.util.List;
import java.util.SortedMap;

/**
 * What a study was asked to do, at {@code studies/<study>/study.json}.
 *
 * @param document digest of the {@link io.autoseed.learning.sequence.StudyDocument}
 * @param datasetRoots folder or file of each data set, absolute
 * @param profile numeric profile by name
 * @param codeVersion of the program that submitted it
 * @param policy of its runs
 * @param circumstances null if an older build submitted it
 * @param dataSets every data set that its runs read
 */
public record StudyRecord(
    String study,
    String document,
    SortedMap<String, String> datasetRoots,
    String profile,
    String codeVersion,
    RunPolicy policy,
    StudyCircumstances circumstances,
    List<DataSetRow> dataSets) {
  public StudyRecord {
    dataSets = List.copyOf(dataSets);
  }
}
