package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DisturbedRunsTest {
  private static final Strike HIT =
      new Strike(
          Target.WORKER,
          Strike.Kind.KILL,
          List.of("worker"),
          Set.of(41L),
          Instant.EPOCH,
          Sighting.NONE,
          true,
          0,
          false);

  private final ChaosException unhealthy = new ChaosException("the stack was not healthy");

  @Test
  void runsAreLearnedUntilEnoughKillsHaveHit() {
    DisturbedRuns disturbed = runs(5, hitting(2), hitting(0), hitting(2), hitting(1));

    assertThat(disturbed.learn()).isEmpty();
    assertThat(disturbed.runs()).containsExactly("chaos-1", "chaos-2", "chaos-3", "chaos-4");
    assertThat(disturbed.hits()).hasSize(5);
  }

  @Test
  void aMishapKeepsWhatWasFoundByThen() {
    DisturbedRuns disturbed = runs(100, hitting(40), hitting(17).then(unhealthy));

    assertThat(disturbed.learn())
        .contains("the proof ended early, after 57 of 100 kills: the stack was not healthy");
    assertThat(disturbed.runs()).containsExactly("chaos-1", "chaos-2");
    assertThat(disturbed.hits()).hasSize(57);
  }

  @Test
  void aRunThatCouldNotBeBegunIsNoneToCompare() {
    DisturbedRuns disturbed = runs(100, hitting(40), new Script(0, unhealthy, null));

    assertThat(disturbed.learn()).isPresent();
    assertThat(disturbed.runs()).containsExactly("chaos-1");
  }

  @Test
  void killsThatHitNothingAnyMoreEndTheProofEarly() {
    DisturbedRuns disturbed = runs(100, hitting(40), hitting(0), hitting(0), hitting(0));

    assertThat(disturbed.learn().orElseThrow()).contains("40 of 100", "too short for chaos");
  }

  @Test
  void withoutAnyHitNothingIsProved() {
    DisturbedRuns disturbed = runs(100, hitting(0), hitting(0), hitting(0));

    assertThatThrownBy(disturbed::learn)
        .isInstanceOf(ChaosException.class)
        .hasMessageContaining("too short for chaos");
  }

  @Test
  void aRunThatIsLostIsNamedAlthoughNoKillHasHit() {
    DisturbedRuns disturbed = runs(100, hitting(0).then(new LostRunException("it stands still")));

    assertThat(disturbed.learn()).contains("chaos-1: it stands still");
  }

  @Test
  void whoInterruptsWantsNoReport() {
    DisturbedRuns disturbed = runs(100, hitting(40), hitting(17).then(unhealthy));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(disturbed::learn).isSameAs(unhealthy);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  /**
   * What happens to one run.
   *
   * @param hits kills that hit work in progress
   * @param unsubmitted what keeps it from beginning, or null
   * @param mishap what ends it after the hits, or null
   */
  private record Script(int hits, RuntimeException unsubmitted, RuntimeException mishap) {
    Script then(RuntimeException end) {
      return new Script(hits, unsubmitted, end);
    }
  }

  private static Script hitting(int hits) {
    return new Script(hits, null, null);
  }

  private static DisturbedRuns runs(int kills, Script... scripts) {
    return new DisturbedRuns(
        "chaos",
        kills,
        new DisturbedRuns.Round() {
          private int begun;

          @Override
          public void submit(String run) {
            raise(scripts[begun++].unsubmitted());
          }

          @Override
          public void disturb(String run, int number, int wanted, List<StrikeResult> results) {
            Script script = scripts[number - 1];
            for (int i = 0; i < script.hits(); i++) {
              results.add(new StrikeResult(HIT, 1, true, "a step", List.of()));
            }
            raise(script.mishap());
          }
        });
  }

  private static void raise(RuntimeException mishap) {
    if (mishap != null) {
      throw mishap;
    }
  }
}
