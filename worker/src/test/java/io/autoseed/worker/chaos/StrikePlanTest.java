package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StrikePlanTest {
  @Test
  void everyTargetIsDrawnOnceBeforeAnyComesAgain() {
    TargetDeck deck = new TargetDeck(List.of(Target.values()), new Random(3));

    for (int round = 0; round < 4; round++) {
      assertThat(targets(deck, 5)).containsExactlyInAnyOrder(Target.values());
    }
  }

  @Test
  void aStrikeThatDidNotCountComesAgainInItsRoundOfItsKindAtWhatIsDrawnAnew() {
    TargetDeck deck = new TargetDeck(List.of(Target.values()), new Random(3));
    Striker.Aim missed = deck.draw(StrikePlanTest::pause);
    deck.putBack(missed);

    assertThat(targets(deck, 4)).hasSize(4).doesNotHaveDuplicates().doesNotContain(missed.target());
    assertThat(deck.draw(StrikePlanTest::kill))
        .isEqualTo(
            new Striker.Aim(missed.target(), missed.kind(), List.of("component"), missed.pause()));
    assertThat(Stream.generate(() -> deck.draw(StrikePlanTest::kill)).limit(5))
        .extracting(Striker.Aim::kind)
        .containsOnly(Strike.Kind.KILL);
  }

  @Test
  void theSameRandomSeedDrawsTheSame() {
    TargetDeck one = new TargetDeck(List.of(Target.values()), new Random(3));
    TargetDeck two = new TargetDeck(List.of(Target.values()), new Random(3));

    assertThat(targets(one, 20)).isEqualTo(targets(two, 20));
  }

  private static List<Target> targets(TargetDeck deck, int count) {
    return Stream.generate(() -> deck.draw(StrikePlanTest::kill).target()).limit(count).toList();
  }

  private static Striker.Aim kill(Target target) {
    return new Striker.Aim(target, Strike.Kind.KILL, List.of("component"), Duration.ZERO);
  }

  private static Striker.Aim pause(Target target) {
    return new Striker.Aim(target, Strike.Kind.PAUSE, List.of("other"), Duration.ofSeconds(12));
  }

  @Test
  void allWorkersAreTheWorkersAndNothingElseIs() {
    Set<String> components = Set.of("worker", "worker-2", "console", "postgres", "object-store");

    assertThat(Target.WORKER.among(components)).containsExactly("worker", "worker-2");
    assertThat(Target.CATALOG.among(components)).containsExactly("postgres");
    assertThat(Target.TRACKER.among(components)).isEmpty();
  }

  @Test
  void aWordThatIsNoTargetIsRefusedWithThoseThatAre() {
    assertThatThrownBy(() -> Target.of("mlflow"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("worker, temporal, store, catalog, tracker")
        .hasMessageContaining("mlflow");
  }

  @Test
  void aComponentIsNotKilledSoOftenThatItsRestartWouldBeHeldBack() {
    KillPace pace = new KillPace();
    for (long second = 0; second < 4; second++) {
      assertThat(pace.wait("temporal", 1000 * second)).isZero();
      pace.killed("temporal", 1000 * second);
    }

    assertThat(pace.wait("temporal", 4000)).isEqualTo(61_000);
    assertThat(pace.wait("mlflow", 4000)).isZero();
    assertThat(pace.wait("temporal", 65_000)).isZero();
  }

  @Test
  void theP95IsTheNearestRank() {
    assertThat(Quantiles.p95(List.of())).isNull();
    assertThat(Quantiles.p95(List.of(3.0, 1.0, 2.0))).isEqualTo(3.0);
    assertThat(Quantiles.p95(Stream.iterate(1.0, x -> x + 1).limit(100).toList())).isEqualTo(95.0);
  }
}
