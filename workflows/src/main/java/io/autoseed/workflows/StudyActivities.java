package io.autoseed.workflows;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** What a study does beside its runs, on {@link TaskQueues#control}. */
@ActivityInterface
public interface StudyActivities {
  /**
   * Records a member's run in the catalog and the store, or finds it there. A run that failed or
   * was cancelled is left as it is and another one recorded in its place.
   */
  @ActivityMethod(name = "OpenMember")
  MemberOpening openMember(String study, int member);

  /** How a run stands in the catalog. */
  @ActivityMethod(name = "MemberState")
  RunState memberState(String run);

  /**
   * Hours that the members from {@code next} on will take, by what their strategies took in the
   * runs that are done, {@code parallel} at a time on so many workers.
   */
  @ActivityMethod(name = "EstimateStudy")
  double estimateStudy(String study, int next, int until, int parallel, int workers);

  /**
   * Computes the statistics of what was measured and writes the report, then draws its picture. May
   * be called again.
   */
  @ActivityMethod(name = "ReportStudy")
  void reportStudy(StudyClosing closing);

  /**
   * Records why the study ends without a report. May be called again.
   *
   * @param reason one line
   */
  @ActivityMethod(name = "FailStudy")
  void failStudy(String study, String reason);

  /** Tells MLflow what the report says. May be called again. */
  @ActivityMethod(name = "TrackStudy")
  void trackStudy(String study);
}
