package io.autoseed.workflows;

import java.util.List;

/**
 * How a study ended.
 *
 * @param ended the runs that have ended, in the order of their ends
 * @param reason why it was stopped, one line; null otherwise
 */
public record StudyClosing(
    String study, StudyState state, List<MemberOutcome> ended, String reason) {
  public StudyClosing {
    ended = List.copyOf(ended);
  }
}
