package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Worker 41 is at step 500 of the ADAPT of task 2, with two of four rows delivered to MLflow. */
class RecoveryTest {
  private static final Set<Long> NONE = Set.of();
  private static final Set<String> COMMITTED = Set.of("2/REPLAY");
  private static final Set<String> BEGUN = Set.of("2/REPLAY/1", "2/ADAPT/1");
  private static final Sighting BEFORE = at(500, COMMITTED, BEGUN, 2, Set.of());

  @Test
  void stepsNeedNoStoreNoCatalogAndNoTracker() {
    Sighting stepped = at(600, COMMITTED, BEGUN, 2, Set.of());

    assertThat(recovery(Target.STORE).sign(stepped)).isEmpty();
    assertThat(recovery(Target.CATALOG).sign(stepped)).isEmpty();
    assertThat(recovery(Target.TRACKER).sign(stepped)).isEmpty();
    assertThat(recovery(Target.TEMPORAL).sign(stepped)).contains("a step");
    assertThat(recovery(Target.WORKER).sign(stepped)).contains("a step");
  }

  @Test
  void aCheckpointNeedsTheStoreAlone() {
    Sighting saved = at(500, COMMITTED, BEGUN, 2, Set.of("checkpoints/2/ADAPT/00000500"));

    assertThat(recovery(Target.STORE).sign(saved)).contains("a checkpoint");
    assertThat(recovery(Target.CATALOG).sign(saved)).isEmpty();
    assertThat(recovery(Target.TRACKER).sign(saved)).isEmpty();
    assertThat(recovery(Target.TEMPORAL).sign(saved)).isEmpty();
  }

  @Test
  void theCommitOfAPhaseUnderWayNeedsStoreAndCatalogButNoTemporalServer() {
    Sighting committed = at(500, Set.of("2/REPLAY", "2/ADAPT"), BEGUN, 2, Set.of());

    assertThat(recovery(Target.STORE).sign(committed)).contains("a commit");
    assertThat(recovery(Target.CATALOG).sign(committed)).contains("a commit");
    assertThat(recovery(Target.TEMPORAL).sign(committed)).isEmpty();
  }

  @Test
  void theCommitOfThePhaseAfterItHadToBeHandedOut() {
    Set<String> commits = Set.of("2/REPLAY", "2/ADAPT", "2/SEED_UPDATE");

    assertThat(recovery(Target.TEMPORAL).sign(at(500, commits, BEGUN, 2, Set.of())))
        .contains("a commit");
  }

  @Test
  void aTokenIsTheCatalogsSign() {
    Set<String> tokens = Set.of("2/REPLAY/1", "2/ADAPT/2");

    assertThat(recovery(Target.CATALOG).sign(at(500, COMMITTED, tokens, 2, Set.of())))
        .contains("a phase begun");
    assertThat(recovery(Target.STORE).sign(at(500, COMMITTED, tokens, 2, Set.of()))).isEmpty();
  }

  @Test
  void theEndOfTheRunNeedsAllOfThemButTheTracker() {
    Rows done = new Rows("DONE", COMMITTED, BEGUN, 2, 2);
    Sighting ended = new Sighting(done, Set.of(), List.of());

    for (Target target : List.of(Target.WORKER, Target.TEMPORAL, Target.STORE, Target.CATALOG)) {
      assertThat(recovery(target).sign(ended)).as(target.name()).contains("its end");
    }
    assertThat(recovery(Target.TRACKER).sign(ended)).isEmpty();
  }

  @Test
  void theTrackerHasRecoveredWhenRowsAreDelivered() {
    Set<String> commits = Set.of("2/REPLAY", "2/ADAPT");

    assertThat(recovery(Target.TRACKER).sign(at(500, commits, BEGUN, 2, Set.of()))).isEmpty();
    assertThat(recovery(Target.TRACKER).sign(at(500, COMMITTED, BEGUN, 3, Set.of())))
        .contains("a delivery");
  }

  @Test
  void aTrackerThatHadNothingToBeToldHasNothingToRecoverFrom() {
    Recovery recovery = new Recovery(strike(Target.TRACKER).missed(), BEFORE);

    assertThat(recovery.sign(at(600, COMMITTED, BEGUN, 2, Set.of()))).contains("a step");
  }

  @Test
  void theCatalogWasNotNeededIfAllThatIsComputedWentOnWhenItWasBack() {
    Sighting back = at(700, COMMITTED, BEGUN, 2, Set.of());
    Recovery recovery = recovery(Target.CATALOG);

    assertThat(recovery.unneeded(back, at(700, COMMITTED, BEGUN, 2, Set.of()), NONE)).isFalse();
    assertThat(recovery.unneeded(back, at(800, COMMITTED, BEGUN, 2, Set.of()), NONE)).isTrue();
    assertThat(recovery.unneeded(back, new Sighting(back.rows(), Set.of(), List.of()), NONE))
        .isFalse();
    assertThat(recovery(Target.STORE).unneeded(back, at(800, COMMITTED, BEGUN, 2, Set.of()), NONE))
        .isFalse();
  }

  @Test
  void whatAStoppedWorkerHoldsIsNotWaitedForToTellThatTheCatalogWasNotNeeded() {
    Sighting back = at(700, COMMITTED, BEGUN, 2, Set.of());
    Sighting other = at(800, COMMITTED, BEGUN, 2, Set.of());
    Work held = new Work("run/2 2", "Encode", 2, 1, 43, 0, 0, 9, 0, 0, 0, Instant.EPOCH);
    Sighting now = new Sighting(other.rows(), Set.of(), List.of(held, other.work().get(0)));
    Strike stop =
        new Strike(
            Target.WORKER,
            Strike.Kind.PAUSE,
            List.of("worker"),
            Set.of(43L),
            Instant.EPOCH,
            BEFORE,
            true,
            15.5,
            true);

    assertThat(recovery(Target.CATALOG).unneeded(back, now, stop.stoppedAt(seconds(15.4))))
        .isTrue();
    assertThat(recovery(Target.CATALOG).unneeded(back, now, stop.stoppedAt(seconds(15.5))))
        .isFalse();
    assertThat(strike(Target.WORKER).stoppedAt(Instant.EPOCH)).isEmpty();
    assertThat(
            recovery(Target.CATALOG)
                .unneeded(back, new Sighting(now.rows(), Set.of(), List.of(held)), Set.of(43L)))
        .isFalse();
  }

  private static Instant seconds(double seconds) {
    return Instant.EPOCH.plusMillis(Math.round(seconds * 1e3));
  }

  private static Recovery recovery(Target target) {
    return new Recovery(strike(target), BEFORE);
  }

  private static Strike strike(Target target) {
    return new Strike(
        target,
        Strike.Kind.KILL,
        List.of("its process"),
        Set.of(99L),
        Instant.EPOCH,
        BEFORE,
        true,
        0,
        false);
  }

  private static Sighting at(
      int step, Set<String> commits, Set<String> tokens, long delivered, Set<String> durable) {
    return new Sighting(
        new Rows("RUNNING", commits, tokens, delivered, 4 - delivered),
        durable,
        List.of(new Work("run/2 1", "Adapt", 2, 1, 41, 0, step, 1000, 0, 0, 0, Instant.EPOCH)));
  }
}
