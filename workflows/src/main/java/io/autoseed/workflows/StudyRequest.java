package io.autoseed.workflows;

/**
 * What starts a study, and what it takes along when it continues as new.
 *
 * @param study the study's id, also the workflow's
 * @param profile numeric profile; names the task queues ({@link TaskQueues})
 * @param members number of members of the study
 * @param until members from this place on are not asked for now
 * @param strategies number of strategies: the first members are one of each
 * @param parallel members under way at a time, at least 1
 * @param workers that compute, for estimates
 * @param maxHours the study stops if, after the first member of each strategy, more are left; null
 *     for no limit
 * @param membersPerHistory members after which the workflow continues as new
 * @param policy how patient to be with the workers
 * @param progress null at the start; set by the workflow itself when it continues as new, and for a
 *     study that only reports: then it is behind the last member
 */
public record StudyRequest(
    String study,
    String profile,
    int members,
    int until,
    int strategies,
    int parallel,
    int workers,
    Double maxHours,
    int membersPerHistory,
    RunPolicy policy,
    StudyProgress progress) {
  public static final int MEMBERS_PER_HISTORY = 200;

  public StudyRequest {
    if (parallel < 1 || membersPerHistory < 1 || until < 1 || until > members) {
      throw new IllegalArgumentException(
          "expected a study of some members, at least one at a time, found until %d of %d, parallel %d"
              .formatted(until, members, parallel));
    }
  }

  /** The same study, going on from {@code progress} in a fresh history. */
  StudyRequest continuedFrom(StudyProgress progress) {
    return new StudyRequest(
        study,
        profile,
        members,
        until,
        strategies,
        parallel,
        workers,
        maxHours,
        membersPerHistory,
        policy,
        progress);
  }
}
