package io.autoseed.worker.chaos;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrecautionsTest {
  private static final Set<String> ALL =
      Set.of("postgres", "object-store", "temporal", "mlflow", "worker", "worker-2");

  @Test
  void aStackOfItsOwnWithoutOpenRunsIsFreeToBeStruck() {
    assertThatCode(
            () -> new Precautions(ALL, true, List.of()).require(plan(Target.values()), false))
        .doesNotThrowAnyException();
  }

  @Test
  void aComponentThatTheStackDoesNotRunItselfIsLeftAlone() {
    Set<String> externalCatalog = Set.of("object-store", "temporal", "mlflow", "worker");
    Precautions precautions = new Precautions(externalCatalog, true, List.of());

    assertThatThrownBy(() -> precautions.require(plan(Target.WORKER, Target.CATALOG), true))
        .isInstanceOf(ChaosException.class)
        .hasMessageContaining("the catalog of this stack is external")
        .hasMessageContaining("leave it out of --targets");
    assertThatCode(() -> precautions.require(plan(Target.WORKER, Target.STORE), false))
        .doesNotThrowAnyException();
  }

  @Test
  void aStackWithoutWorkersProvesNothing() {
    assertThatThrownBy(
            () ->
                new Precautions(Set.of("postgres"), true, List.of())
                    .require(plan(Target.CATALOG), true))
        .isInstanceOf(ChaosException.class)
        .hasMessageContaining("autoseed up --workers 1");
  }

  @Test
  void aSequenceThatFailsUndisturbedProvesNothing() {
    assertThatThrownBy(
            () -> Precautions.requireDone("calm-undisturbed", "FAILED", "a.png is no image"))
        .isInstanceOf(ChaosException.class)
        .hasMessage(
            "the undisturbed run calm-undisturbed is failed: a.png is no image; nothing was killed");
    assertThatCode(() -> Precautions.requireDone("calm-undisturbed", "DONE", null))
        .doesNotThrowAnyException();
  }

  @Test
  void aProfileThatNoWorkerComputesInIsRefused() {
    assertThatThrownBy(
            () -> new Precautions(ALL, false, List.of()).require(plan(Target.WORKER), true))
        .isInstanceOf(ChaosException.class)
        .hasMessageContaining("in the profile avx2");
  }

  @Test
  void otherOpenRunsAreDisturbedOnlyByForce() {
    Precautions precautions = new Precautions(ALL, true, List.of("a", "b", "c", "d"));

    assertThatThrownBy(() -> precautions.require(plan(Target.WORKER), false))
        .isInstanceOf(ChaosException.class)
        .hasMessageContaining("other runs are open, 4 in all (a, b, c)")
        .hasMessageContaining("--force");
    assertThatCode(() -> precautions.require(plan(Target.WORKER), true)).doesNotThrowAnyException();
  }

  private static ChaosPlan plan(Target... targets) {
    return new ChaosPlan(null, "avx2", "chaos", 1, List.of(targets), 1);
  }
}
