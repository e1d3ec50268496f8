package io.autoseed.activities.study;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.RunRow;
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
import java.util.stream.IntStream;

/**
 * Which runs stand for the members of a study, and which of them are done. A study's id changes
 * with its file; what its members learn is named by the digests of their sequences. So a study that
 * was extended takes over the runs of the one before that are done, as they are.
 */
final class MemberRuns {
  private static final Set<String> LOST = Set.of(RunState.FAILED.name(), RunState.CANCELLED.name());

  private final String study;
  private final Function<String, Optional<String>> states;
  private final Function<String, Optional<String>> elsewhere;

  /**
   * @param states the state of a run as the catalog has it, empty for one that it has not
   * @param elsewhere by the digest of a sequence a run of another study that may be taken over:
   *     done, in the same profile
   */
  MemberRuns(
      String study,
      Function<String, Optional<String>> states,
      Function<String, Optional<String>> elsewhere) {
    this.study = study;
    this.states = states;
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
        run -> runs.find(run).map(RunRow::state),
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
   * @param cancelled the run before it, if that was cancelled: what it finished need not be learned
   *     again
   */
  record MemberRun(String id, boolean done, Optional<String> cancelled) {}

  /**
   * A member's run, recorded or not. One that failed or was cancelled before is left as it is: the
   * next one, {@code <run>-2} and so on, takes its place, if no other study has one to take over.
   */
  MemberRun of(StudyDocument.Member member) {
    String first = first(study, member);
    String run = first;
    Optional<String> cancelled = Optional.empty();
    Optional<String> state = states.apply(run);
    for (int again = 2; state.filter(LOST::contains).isPresent(); again++) {
      cancelled =
          state.get().equals(RunState.CANCELLED.name()) ? Optional.of(run) : Optional.empty();
      run = first + "-" + again;
      state = states.apply(run);
    }
    Optional<String> other =
        state.isEmpty() ? elsewhere.apply(member.sequence()) : Optional.empty();
    return other.isPresent()
        ? new MemberRun(other.get(), true, Optional.empty())
        : new MemberRun(run, state.filter(RunState.DONE.name()::equals).isPresent(), cancelled);
  }

  /** Those of some members that are not done. */
  List<StudyDocument.Member> left(List<StudyDocument.Member> members) {
    return members.stream().filter(member -> !of(member).done()).toList();
  }

  /**
   * How the members ended, by their places: what the workflow saw, and what was done before and not
   * asked for again. Members that have not ended are missing.
   */
  Map<Integer, MemberOutcome> outcomes(StudyDocument document, StudyClosing closing) {
    Map<Integer, MemberOutcome> ended = new HashMap<>();
    closing.ended().forEach(one -> ended.put(one.member(), one));
    IntStream.range(0, document.members().size())
        .filter(m -> !ended.containsKey(m) || ended.get(m).state() != RunState.DONE)
        .forEach(
            m -> {
              MemberRun run = of(document.members().get(m));
              if (run.done()) {
                ended.put(m, new MemberOutcome(m, run.id(), RunState.DONE, null));
              }
            });
    return ended;
  }
}
