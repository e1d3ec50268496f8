package io.autoseed.workflows;

import io.temporal.common.InitialVersioningBehavior;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.ContinueAsNewOptions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** See {@link StudyWorkflow}. */
public final class StudyWorkflowImpl implements StudyWorkflow {
  private static final String CANCELLED = "cancelled on request";

  private final StudyRequest request;
  private final List<MemberOutcome> ended;

  /** Members under way, by their places. */
  private final Map<Integer, Promise<MemberOutcome>> under = new TreeMap<>();

  /** Their runs, once recorded. */
  private final Map<Integer, String> runs = new TreeMap<>();

  private int next;
  private Double hoursLeft;
  private boolean estimated;
  private StudyState state = StudyState.RUNNING;
  private boolean reported;

  /** Takes up where the history before ended, if there was one. */
  @WorkflowInit
  public StudyWorkflowImpl(StudyRequest request) {
    this.request = request;
    StudyProgress progress = request.progress();
    next = progress == null ? 0 : progress.next();
    ended = new ArrayList<>(progress == null ? List.of() : progress.ended());
    hoursLeft = progress == null ? null : progress.hoursLeft();
    estimated = hoursLeft != null;
  }

  @Override
  public StudyStatus run(StudyRequest unused) {
    try {
      Optional<String> tooLong = performMembers();
      if (tooLong.isPresent()) {
        close(StudyState.STOPPED, tooLong.get());
      } else {
        boolean all = request.until() == request.members();
        close(all ? StudyState.DONE : StudyState.PARTLY_DONE, null);
      }
      return status();
    } catch (TemporalFailure e) {
      if (!CancellationScope.current().isCancelRequested()) {
        throw e;
      }
      awaitAll();
      Workflow.newDetachedCancellationScope(() -> close(StudyState.STOPPED, CANCELLED)).run();
      throw e instanceof CanceledFailure ? e : new CanceledFailure(CANCELLED);
    }
  }

  /** Performs all members that are asked for; returns why it stopped before, if it did. */
  private Optional<String> performMembers() {
    int first = ended.size();
    Optional<String> tooLong = Optional.empty();
    while (true) {
      boolean full =
          ended.size() - first + under.size() >= request.membersPerHistory()
              || Workflow.getInfo().isContinueAsNewSuggested();
      while (!full
          && tooLong.isEmpty()
          && next < request.until()
          && under.size() < request.parallel()) {
        start(next++);
        full = ended.size() - first + under.size() >= request.membersPerHistory();
      }
      if (under.isEmpty()) {
        if (tooLong.isPresent() || next == request.until()) {
          return tooLong;
        }
        continueAsNew();
      }
      Workflow.await(() -> under.values().stream().anyMatch(Promise::isCompleted));
      collect();
      if (tooLong.isEmpty()) {
        tooLong = estimate();
      }
    }
  }

  private void start(int member) {
    under.put(member, Async.function(() -> perform(member)));
  }

  private void collect() {
    List<Integer> over =
        under.keySet().stream().filter(member -> under.get(member).isCompleted()).toList();
    for (int member : over) {
      ended.add(under.get(member).get());
      under.remove(member);
      runs.remove(member);
    }
  }

  /** Once, when the first member of each strategy has ended; returns why that is too long. */
  private Optional<String> estimate() {
    boolean known =
        ended.stream().filter(member -> member.member() < request.strategies()).count()
            >= Math.min(request.strategies(), request.until());
    if (estimated || !known || next == request.until()) {
      return Optional.empty();
    }
    estimated = true;
    try {
      hoursLeft =
          Hardship.endure(
              () ->
                  control("estimate")
                      .estimateStudy(
                          request.study(),
                          next,
                          request.until(),
                          request.parallel(),
                          request.workers()));
    } catch (ActivityFailure e) {
      return withoutEstimate(e);
    }
    return request.maxHours() == null || hoursLeft <= request.maxHours()
        ? Optional.empty()
        : Optional.of(
            "the rest would take %s hours, more than %s"
                .formatted(rounded(hoursLeft), request.maxHours()));
  }

  /** A study with a limit of hours does not go on if nobody can say how many are left. */
  private Optional<String> withoutEstimate(ActivityFailure unknown) {
    if (CancellationScope.current().isCancelRequested()) {
      throw unknown;
    }
    return request.maxHours() == null
        ? Optional.empty()
        : Optional.of("how long the rest would take cannot be told: " + RootMessage.of(unknown));
  }

  private static double rounded(double hours) {
    return Math.round(hours * 100) / 100.0;
  }

  /** Performs one member; its failure is its outcome, not the study's. */
  private MemberOutcome perform(int member) {
    try {
      MemberOpening opening =
          Hardship.endure(
              () -> control("open member " + member).openMember(request.study(), member));
      if (opening.request() == null) {
        return new MemberOutcome(member, opening.run(), RunState.DONE, null);
      }
      runs.put(member, opening.run());
      return new StudyMember(request, member, opening).perform();
    } catch (ActivityFailure e) {
      if (CancellationScope.current().isCancelRequested()) {
        throw e;
      }
      return new MemberOutcome(member, runs.get(member), RunState.FAILED, RootMessage.of(e));
    }
  }

  /** Runs that are being cancelled save a checkpoint first. */
  private void awaitAll() {
    Workflow.newDetachedCancellationScope(
            () -> Workflow.await(() -> under.values().stream().allMatch(Promise::isCompleted)))
        .run();
    under.forEach(
        (member, promise) ->
            ended.add(
                promise.getFailure() == null
                    ? promise.get()
                    : new MemberOutcome(member, runs.get(member), RunState.CANCELLED, CANCELLED)));
    under.clear();
    runs.clear();
  }

  private void close(StudyState end, String reason) {
    StudyClosing closing = new StudyClosing(request.study(), end, ended, reason);
    try {
      Hardship.endure(() -> control("report").reportStudy(closing));
    } catch (ActivityFailure e) {
      throw CancellationScope.current().isCancelRequested() ? e : failed(e);
    }
    reported = true;
    state = end;
    try {
      PhaseActivityStubs.tracking(
              request.profile(), request.policy(), request.study() + ": tracking")
          .trackStudy(request.study());
    } catch (ActivityFailure untold) {
      // The report is written, and the history keeps why MLflow was not told of it.
    }
  }

  /** Whatever cannot be written down any more, the study ends with the reason that it has. */
  private ApplicationFailure failed(ActivityFailure unreported) {
    String reason = RootMessage.of(unreported);
    state = StudyState.FAILED;
    try {
      PhaseActivityStubs.failing(request.profile(), request.policy(), request.study() + ": fail")
          .failStudy(request.study(), reason);
    } catch (ActivityFailure unrecorded) {
      // The history keeps why.
    }
    return ApplicationFailure.newNonRetryableFailureWithCause(reason, "autoseed.study", unreported);
  }

  /** Starts a fresh history, on the newest build of the workers. No member is under way. */
  private void continueAsNew() {
    Workflow.newContinueAsNewStub(
            StudyWorkflow.class,
            ContinueAsNewOptions.newBuilder()
                .setInitialVersioningBehavior(InitialVersioningBehavior.AUTO_UPGRADE)
                .build())
        .run(request.continuedFrom(new StudyProgress(next, ended, hoursLeft)));
  }

  private StudyActivities control(String step) {
    return PhaseActivityStubs.study(
        request.profile(), request.policy(), request.study() + ": " + step);
  }

  @Override
  public StudyStatus status() {
    int done = (int) ended.stream().filter(one -> one.state() == RunState.DONE).count();
    return new StudyStatus(
        request.study(),
        state,
        request.until(),
        done,
        ended.size() - done,
        new ArrayList<>(runs.values()),
        hoursLeft,
        reported);
  }
}
