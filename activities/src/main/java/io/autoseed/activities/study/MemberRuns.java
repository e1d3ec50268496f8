package io.autoseed.activities.study;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.workflows.MemberOutcome;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyClosing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Which runs stand for the members of a study, and which of them are done. A study's id changes
 * with its file; what its members learn is named by the digests of their sequences. So a study that
 * was extended takes over the runs of the one before that are done, as they are.
 */
final class MemberRuns {
  private static final Set<String> LOST = Set.of(RunState.FAILED.name(), RunState.CANCELLED.name());

  private final String study;
  private final Function<String, Optional<Known>> known;
  private final Function<String, Optional<String>> elsewhere;

  /**
   * A run as the catalog has it.
   *
   * @param reason why it is not done, or null
   */
  record Known(String state, String reason) {}

  /**
   * @param known empty for a run that the catalog has not
   * @param elsewhere by the digest of a sequence a run of another study that may be taken over:
   *     done, in the same profile
   */
  MemberRuns(
      String study,
      Function<String, Optional<Known>> known,
      Function<String, Optional<String>> elsewhere) {
    this.study = study;
    this.known = known;
    this.elsewhere = elsewhere;
  }

  /**
   * As the catalog has them; what other studies have done is asked once for all of them.
   *
   * @param profile numeric profile of the study
   * @param members that will be asked for
   */
  static MemberRuns in(
      Catalog catalog, String study, String profile, List<StudyDocument.Member> members) {
    Runs runs = new Runs(catalog);
    Map<String, String> elsewhere = doneElsewhere(new RunHistory(catalog), study, profile, members);
    return new MemberRuns(
        study,
        run -> runs.find(run).map(row -> new Known(row.state(), row.failure())),
        sequence -> Optional.ofNullable(elsewhere.get(sequence)));
  }

  /** Runs that a study may take over for its members, by the digests of what they learned. */
  static Map<String, String> doneElsewhere(
      RunHistory history, String study, String profile, List<StudyDocument.Member> members) {
    List<String> sequences = members.stream().map(StudyDocument.Member::sequence).toList();
    return history.doneElsewhere(study, StudySubmission.family(study), profile, sequences);
  }

  /** The id of a member's first run. */
  static String first(String study, StudyDocument.Member member) {
    return study + "-" + member.name();
  }

  /**
   * A member's run.
   *
   * @param id of it
   * @param done whether it is
   * @param lost the run before it, if there is one
   */
  record MemberRun(String id, boolean done, Optional<Lost> lost) {
    /** The run before it, if that was cancelled: what it finished need not be learned again. */
    Optional<String> cancelled() {
      return lost.filter(before -> before.state() == RunState.CANCELLED).map(Lost::run);
    }
  }

  /**
   * A run that failed or was cancelled.
   *
   * @param reason why, or null
   */
  record Lost(String run, RunState state, String reason) {}

  /**
   * A member's run, recorded or not. One that failed or was cancelled before is left as it is: the
   * next one, {@code <run>-2} and so on, takes its place, if no other study has one to take over.
   */
  MemberRun of(StudyDocument.Member member) {
    String first = first(study, member);
    String run = first;
    Optional<Lost> lost = Optional.empty();
    Optional<Known> found = known.apply(run);
    for (int again = 2; found.filter(one -> LOST.contains(one.state())).isPresent(); again++) {
      lost = Optional.of(lost(run, found.get()));
      run = first + "-" + again;
      found = known.apply(run);
    }
    Optional<String> other =
        found.isEmpty() ? elsewhere.apply(member.sequence()) : Optional.empty();
    return other.isPresent()
        ? new MemberRun(other.get(), true, Optional.empty())
        : new MemberRun(run, found.filter(MemberRuns::done).isPresent(), lost);
  }

  private static Lost lost(String run, Known known) {
    return new Lost(run, RunState.valueOf(known.state()), known.reason());
  }

  private static boolean done(Known known) {
    return known.state().equals(RunState.DONE.name());
  }

  /** Those of some members that are not done. */
  List<StudyDocument.Member> left(List<StudyDocument.Member> members) {
    return members.stream().filter(member -> !of(member).done()).toList();
  }

  /**
   * How the members ended, by their places: what the workflow saw, and what was done or lost before
   * and not asked for again. Members that have not ended are missing.
   */
  Map<Integer, MemberOutcome> outcomes(StudyDocument document, StudyClosing closing) {
    Map<Integer, MemberOutcome> ended = new HashMap<>();
    closing.ended().forEach(one -> ended.put(one.member(), one));
    for (int m = 0; m < document.members().size(); m++) {
      if (!ended.containsKey(m) || ended.get(m).state() != RunState.DONE) {
        MemberRun run = of(document.members().get(m));
        if (run.done()) {
          ended.put(m, new MemberOutcome(m, run.id(), RunState.DONE, null));
        } else if (run.lost().isPresent() && known.apply(run.id()).isEmpty()) {
          Lost lost = run.lost().get();
          ended.putIfAbsent(m, new MemberOutcome(m, lost.run(), lost.state(), lost.reason()));
        }
      }
    }
    return ended;
  }
}
