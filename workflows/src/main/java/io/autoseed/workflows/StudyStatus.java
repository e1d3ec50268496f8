package io.autoseed.workflows;

import java.util.List;

/**
 * What a study answers when asked.
 *
 * @param members number of members asked for
 * @param done members that are done
 * @param failed members that failed or were cancelled
 * @param running ids of the runs under way
 * @param hoursLeft as estimated after the first member of each strategy; null before
 * @param reported whether the report is written
 */
public record StudyStatus(
    String study,
    StudyState state,
    int members,
    int done,
    int failed,
    List<String> running,
    Double hoursLeft,
    boolean reported) {
  public StudyStatus {
    running = List.copyOf(running);
  }
}
