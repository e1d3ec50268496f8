package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.worker.chaos.Member.PhaseName;
import io.autoseed.worker.chaos.Member.PhaseRecord;
import io.autoseed.worker.chaos.Member.Row;
import io.autoseed.workflows.Phase;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final PhaseName ENCODE = new PhaseName(1, Phase.ENCODE);
  private static final PhaseName ADAPT = new PhaseName(1, Phase.ADAPT);
  private static final Member UNDISTURBED = member("undisturbed", phases());

  @Test
  void runsThatEndedAlikeDoNotDiffer() {
    Comparison comparison =
        Comparison.of(UNDISTURBED, List.of(member("one", phases()), member("two", phases())));

    assertThat(comparison).isEqualTo(new Comparison(true, 0, 0, List.of()));
  }

  @Test
  void anotherOutcomeIsADifferenceThatNamesRunAndPhase() {
    Comparison comparison =
        compared(ADAPT, phase -> record("tampered", 1, false, new Row("tampered", "v1", 1, 1)));

    assertThat(comparison.sameDigests()).isFalse();
    assertThat(comparison.differences())
        .singleElement()
        .asString()
        .contains("disturbed", "ADAPT of task 1", "tampered", "outcome of ADAPT of task 1");
  }

  @Test
  void aPhaseThatTheCatalogLacksIsLost() {
    Comparison comparison = compared(ADAPT, phase -> record(phase.outcome(), 1, false, null));

    assertThat(comparison.lostPhases()).isEqualTo(1);
    assertThat(comparison.differences()).singleElement().asString().contains("not in the catalog");
  }

  @Test
  void aPhaseThatTheStoreLacksIsLost() {
    Comparison comparison =
        compared(ADAPT, phase -> new PhaseRecord(null, null, 0, false, phase.row()));

    assertThat(comparison.lostPhases()).isEqualTo(1);
    assertThat(comparison.sameDigests()).isFalse();
  }

  @Test
  void aCatalogThatNamesAnotherManifestThanTheStoreHoldsHasLostThePhase() {
    Comparison comparison =
        compared(
            ADAPT,
            phase -> record(phase.outcome(), 1, false, new Row(phase.outcome(), "v0", 1, 1)));

    assertThat(comparison.lostPhases()).isEqualTo(1);
  }

  @Test
  void everyCommitTooManyIsCountedWhereverItIs() {
    Comparison comparison =
        compared(
            ADAPT,
            phase -> record(phase.outcome(), 3, false, new Row(phase.outcome(), "v1", 2, 2)));

    assertThat(comparison.duplicateCommits()).isEqualTo(4);
    assertThat(comparison.differences()).hasSize(3);
  }

  @Test
  void onlyEncodeMayBeTakenFromAnotherRun() {
    assertThat(compared(ENCODE, ComparisonTest::reused).differences()).isEmpty();
    assertThat(compared(ADAPT, ComparisonTest::reused).differences())
        .singleElement()
        .asString()
        .contains("ADAPT of task 1 was reused");
  }

  @Test
  void aRunThatFailedOrGaveUpOrContradictedItselfBreaksTheProof() {
    assertThat(
            List.of(
                new Member("r", "FAILED", "no memory", phases(), List.of(), List.of(), 0, 0),
                new Member("r", "DONE", null, phases(), List.of(), List.of("seeds is gone"), 0, 0),
                new Member("r", "DONE", null, phases(), List.of(), List.of(), 1, 0),
                new Member("r", "DONE", null, phases(), List.of(), List.of(), 0, 1)))
        .allSatisfy(
            broken ->
                assertThat(Comparison.of(UNDISTURBED, List.of(broken)).differences()).hasSize(1));
  }

  @Test
  void theUndisturbedRunIsLookedAtToo() {
    Member twice = member("undisturbed", with(ADAPT, p -> record(p.outcome(), 2, false, p.row())));

    assertThat(Comparison.of(twice, List.of(member("one", phases()))).duplicateCommits())
        .isEqualTo(1);
  }

  private static PhaseRecord reused(PhaseRecord phase) {
    return record(phase.outcome(), 1, true, phase.row());
  }

  private static Comparison compared(PhaseName name, UnaryOperator<PhaseRecord> change) {
    return Comparison.of(UNDISTURBED, List.of(member("disturbed", with(name, change))));
  }

  private static SortedMap<PhaseName, PhaseRecord> with(
      PhaseName name, UnaryOperator<PhaseRecord> change) {
    SortedMap<PhaseName, PhaseRecord> phases = phases();
    phases.computeIfPresent(name, (known, phase) -> change.apply(phase));
    return phases;
  }

  private static Member member(String run, SortedMap<PhaseName, PhaseRecord> phases) {
    return new Member(run, "DONE", null, phases, List.of(), List.of(), 0, 0);
  }

  private static SortedMap<PhaseName, PhaseRecord> phases() {
    SortedMap<PhaseName, PhaseRecord> phases = new TreeMap<>();
    for (int task = 0; task < 2; task++) {
      for (Phase phase : Phase.values()) {
        PhaseName name = new PhaseName(task, phase);
        String outcome = "outcome of " + name;
        phases.put(name, record(outcome, 1, false, new Row(outcome, "v1", 1, 1)));
      }
    }
    return phases;
  }

  private static PhaseRecord record(String outcome, int versions, boolean reused, Row row) {
    return new PhaseRecord(outcome, "v1", versions, reused, row);
  }
}
