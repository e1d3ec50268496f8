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

  /** What is done when the study asks for it, before it succeeds, by the words of its call. */
  final Map<String, Runnable> before = new ConcurrentHashMap<>();

  double hoursLeft = 1;
  private final String profile;

  RecordingStudyActivities(String profile) {
    this.profile = profile;
  }

  private void call(String what) {
    calls.add(what);
    before.getOrDefault(what, () -> {}).run();
  }

  @Override
  public MemberOpening openMember(String study, int member) {
    call("open " + member);
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
    call("estimate " + next + " to " + until);
    return hoursLeft;
  }

  @Override
  public void reportStudy(StudyClosing closing) {
    closings.add(closing);
    call("report " + closing.state());
  }

  @Override
  public void failStudy(String study, String reason) {
    call("fail: " + reason);
  }

  @Override
  public void trackStudy(String study) {
    calls.add("track");
  }
}
