package io.autoseed.workflows;

import java.util.List;

/**
 * The state of a study between two histories.
 *
 * @param next the member to start next
 * @param ended members that have ended
 * @param hoursLeft estimated after the first member of each strategy; null before
 */
public record StudyProgress(int next, List<MemberOutcome> ended, Double hoursLeft) {
  public StudyProgress {
    ended = List.copyOf(ended);
  }
}
