package io.autoseed.activities.study;

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

/** Which runs stand for the members of a study, and which of them are done. */
final class MemberRuns {
  private static final Set<String> LOST = Set.of(RunState.FAILED.name(), RunState.CANCELLED.name());

  private final Function<String, Optional<String>> states;

  /**
   * @param states the state of a run as the catalog has it, empty for one that it has not
   */
  MemberRuns(Function<String, Optional<String>> states) {
    this.states = states;
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
   */
  record MemberRun(String id, boolean done) {}

  /**
   * A member's run, recorded or not. One that failed or was cancelled before is left as it is: the
   * next one, {@code <run>-2} and so on, takes its place.
   */
  MemberRun of(String study, StudyDocument.Member member) {
    String first = first(study, member);
    String run = first;
    Optional<String> state = states.apply(run);
    for (int again = 2; state.filter(LOST::contains).isPresent(); again++) {
      run = first + "-" + again;
      state = states.apply(run);
    }
    return new MemberRun(run, state.filter(RunState.DONE.name()::equals).isPresent());
  }

  /** Those of some members that are not done. */
  List<StudyDocument.Member> left(String study, List<StudyDocument.Member> members) {
    return members.stream().filter(member -> !of(study, member).done()).toList();
  }

  /**
   * How the members ended, by their places: what the workflow saw, and what was done before and not
   * asked for again. Members that have not ended are missing.
   */
  Map<Integer, MemberOutcome> outcomes(StudyDocument study, StudyClosing closing) {
    Map<Integer, MemberOutcome> ended = new HashMap<>();
    closing.ended().forEach(one -> ended.put(one.member(), one));
    IntStream.range(0, study.members().size())
        .filter(m -> !ended.containsKey(m) || ended.get(m).state() != RunState.DONE)
        .forEach(
            m -> {
              MemberRun run = of(closing.study(), study.members().get(m));
              if (run.done()) {
                ended.put(m, new MemberOutcome(m, run.id(), RunState.DONE, null));
              }
            });
    return ended;
  }
}
