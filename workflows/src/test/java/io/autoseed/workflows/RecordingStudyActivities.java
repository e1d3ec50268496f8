package io.autoseed.workflows;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Activities of studies that write down what they were asked; members are {@code study-m}. */
final class RecordingStudyActivities implements StudyActivities {
  final List<String> calls = new CopyOnWriteArrayList<>();
  final List<StudyClosing> closings = new CopyOnWriteArrayList<>();

  /** Members that are done already. */
  final Map<Integer, Boolean> done = new ConcurrentHashMap<>();

  /** Members that cannot be recorded. */
  final Map<Integer, String> refused = new ConcurrentHashMap<>();

  /** How a run stands that is under way without the study. */
  volatile Function<String, RunState> memberState = run -> RunState.DONE;

  double hoursLeft = 1;
  private final String profile;

  RecordingStudyActivities(String profile) {
    this.profile = profile;
  }

  @Override
  public MemberOpening openMember(String study, int member) {
    calls.add("open " + member);
    if (refused.containsKey(member)) {
      throw Failures.badInput(refused.get(member), null);
    }
    String run = study + "-" + member;
    return new MemberOpening(
        run,
        done.containsKey(member)
            ? null
            : new RunRequest(run, "s1", "slda", profile, 0, 1, null, RunPolicy.DEFAULT, null));
  }

  @Override
  public RunState memberState(String run) {
    calls.add("state of " + run);
    return memberState.apply(run);
  }

  @Override
  public double estimateStudy(String study, int next, int until, int parallel, int workers) {
    calls.add("estimate " + next + " to " + until);
    return hoursLeft;
  }

  @Override
  public void reportStudy(StudyClosing closing) {
    calls.add("report " + closing.state());
    closings.add(closing);
  }

  @Override
  public void trackStudy(String study) {
    calls.add("track");
  }
}
