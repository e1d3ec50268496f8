package io.autoseed.activities.study;

import io.autoseed.activities.catalog.RunHistory.MemberRow;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.workflows.StudyState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How far a study is, by its runs in the catalog and its newest report, or why it has none.
 *
 * @param study its id
 * @param name in its file; null if it is unreadable
 * @param state a {@link StudyState}, {@link #SUBMITTED} or {@link #UNREADABLE}
 * @param runs members of it
 * @param done members that are done
 * @param running members under way
 * @param failed members whose newest run failed or was cancelled
 * @param createdAt when its first run was recorded, ISO-8601 in UTC; null before
 * @param failure why it ended without a report; null if it did not
 */
public record StudyStanding(
    String study,
    String name,
    String state,
    int runs,
    int done,
    int running,
    int failed,
    String createdAt,
    String failure) {
  /** The state of a study without a run. */
  public static final String SUBMITTED = "SUBMITTED";

  /** The state of a study whose objects in the store are damaged or gone: nothing is counted. */
  public static final String UNREADABLE = "UNREADABLE";

  /**
   * How a study ended.
   *
   * @param done names of the members that were done by then; null if it ended as it was submitted
   *     last, for sure
   * @param failure why it has no report, or null
   */
  record Ending(String state, Set<String> done, String failure) {
    static Ending of(StudyReport report) {
      return new Ending(
          report.state(),
          report.cells().stream()
              .filter(cell -> cell.state().equals(StudyReport.DONE))
              .map(StudyReport.Cell::member)
              .collect(Collectors.toUnmodifiableSet()),
          null);
    }

    static Ending failed(String reason) {
      return new Ending(StudyState.FAILED.name(), null, reason);
    }

    /** A report that knows less than the catalog is from before the study went on. */
    private boolean holds(Set<String> doneNow) {
      return done == null || done.containsAll(doneNow);
    }
  }

  /**
   * Whether nothing says how it ended. One that ended all the same was terminated before it could
   * report.
   */
  public boolean open() {
    return state.equals(SUBMITTED) || state.equals(StudyState.RUNNING.name());
  }

  /** How a member stands. */
  private enum Member {
    WAITING,
    RUNNING,
    DONE,
    LOST
  }

  /**
   * Counts.
   *
   * @param rows its runs, the oldest first
   * @param ended how it ended, if it did; asked for only if no run is under way
   * @param elsewhere digests of the sequences that it can take over from other studies; asked for
   *     only if no report says which it took over
   */
  static StudyStanding of(
      String study,
      StudyDocument document,
      List<MemberRow> rows,
      Supplier<Optional<Ending>> ended,
      Supplier<Set<String>> elsewhere) {
    Map<String, String> states =
        rows.stream().collect(Collectors.toMap(MemberRow::id, MemberRow::state));
    Map<StudyDocument.Member, Member> members = new LinkedHashMap<>();
    document.members().forEach(one -> members.put(one, member(study, one, states)));
    Optional<Ending> ending =
        members.containsValue(Member.RUNNING)
            ? Optional.empty()
            : ended.get().filter(found -> found.holds(done(members)));
    Predicate<StudyDocument.Member> taken = taken(ending, elsewhere);
    members.replaceAll((one, how) -> how != Member.RUNNING && taken.test(one) ? Member.DONE : how);
    return new StudyStanding(
        study,
        document.name(),
        ending.map(Ending::state).orElse(rows.isEmpty() ? SUBMITTED : StudyState.RUNNING.name()),
        members.size(),
        count(members, Member.DONE),
        count(members, Member.RUNNING),
        count(members, Member.LOST),
        rows.stream().findFirst().map(row -> row.createdAt().toString()).orElse(null),
        ending.map(Ending::failure).orElse(null));
  }

  private static Set<String> done(Map<StudyDocument.Member, Member> members) {
    return members.keySet().stream()
        .filter(one -> members.get(one) == Member.DONE)
        .map(StudyDocument.Member::name)
        .collect(Collectors.toSet());
  }

  private static Predicate<StudyDocument.Member> taken(
      Optional<Ending> ending, Supplier<Set<String>> elsewhere) {
    Set<String> reported = ending.map(Ending::done).orElse(null);
    if (reported != null) {
      return member -> reported.contains(member.name());
    }
    Set<String> sequences = elsewhere.get();
    return member -> sequences.contains(member.sequence());
  }

  private static int count(Map<StudyDocument.Member, Member> members, Member how) {
    return Collections.frequency(members.values(), how);
  }

  /** The same study, ended without a report and without a word why in the store. */
  public StudyStanding failed(String reason) {
    return new StudyStanding(
        study, name, StudyState.FAILED.name(), runs, done, running, failed, createdAt, reason);
  }

  static StudyStanding unreadable(String study) {
    return new StudyStanding(study, null, UNREADABLE, 0, 0, 0, 0, null, null);
  }

  private static Member member(
      String study, StudyDocument.Member member, Map<String, String> states) {
    MemberRuns own =
        new MemberRuns(
            study,
            id ->
                Optional.ofNullable(states.get(id)).map(state -> new MemberRuns.Known(state, null)),
            sequence -> Optional.empty());
    MemberRuns.MemberRun run = own.of(member);
    if (run.done()) {
      return Member.DONE;
    }
    if (states.containsKey(run.id())) {
      return Member.RUNNING;
    }
    return run.lost().isEmpty() ? Member.WAITING : Member.LOST;
  }
}
