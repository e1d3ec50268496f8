package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.engine.EngineException;
import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.activities.catalog.RunEndedException;
import io.autoseed.learning.dataset.DataSetException;
import io.autoseed.learning.dataset.UnreadableDataException;
import io.autoseed.workflows.Failures;
import io.autoseed.workflows.Phase;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
  @Test
  void theEnginesOwnWordsForTooLittleMemoryAreUnderstood() {
    assertThat(
            Verdict.isOutOfMemory(
                new EngineException(
                    "[enforce fail at alloc_cpu.cpp:115] err == 0. DefaultCPUAllocator: not enough"
                        + " memory: you tried to allocate 40000000000000 bytes.\nmore")))
        .isTrue();
    assertThat(Verdict.isOutOfMemory(new EngineException("CUDA out of memory. Tried to allocate")))
        .isTrue();
    assertThat(Verdict.isOutOfMemory(new EngineException("shapes cannot be multiplied"))).isFalse();
  }

  @Test
  void tooLittleMemoryIsToldInOneLineWhateverMetIt() {
    OutOfMemoryError heap = new OutOfMemoryError("Java heap space");
    for (Throwable met :
        List.of(
            heap,
            new DataSetException("a.png needs more memory than there is", heap),
            new EngineException("DefaultCPUAllocator: not enough memory: you tried\nmore"))) {
      assertThatThrownBy(() -> Verdict.on(() -> sneak(met)))
          .isInstanceOfSatisfying(
              ApplicationFailure.class,
              failure -> {
                assertThat(failure.getType()).isEqualTo(Failures.OUT_OF_MEMORY);
                assertThat(failure.isNonRetryable()).isFalse();
                assertThat(failure.getOriginalMessage())
                    .startsWith("out of memory (")
                    .contains("MB: lower batch-size, or give the worker more memory")
                    .doesNotContain("\n");
              });
    }
  }

  @Test
  void whatCannotBeReadIsWaitedForAndWhatIsWrongInItIsNot() {
    assertThat(type(new UnreadableDataException("a.png cannot be read")))
        .isEqualTo(Failures.UNAVAILABLE);
    assertThat(type(new DataSetException("a.png is no image"))).isEqualTo(Failures.BAD_INPUT);
  }

  @Test
  void aMistakeOfTheProgramIsNotTakenForTroubleThatPasses() {
    assertThatThrownBy(() -> Verdict.on(() -> sneak(new NullPointerException("no task\nat"))))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
              assertThat(failure.getOriginalMessage())
                  .startsWith("the worker broke (java.lang.NullPointerException: no task): ")
                  .doesNotContain("\n");
            });
    RuntimeException passing = new IllegalStateException("connection refused");
    assertThatThrownBy(() -> Verdict.on(() -> sneak(passing))).isSameAs(passing);
  }

  @Test
  void whatComesTooLateForItsRunIsNotTriedAgain() {
    assertThatThrownBy(() -> Verdict.on(() -> sneak(new RunEndedException("calm", 3, Phase.ADAPT))))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage())
                  .startsWith("ADAPT of task 3 of run calm ")
                  .contains("after the run had ended");
            });
  }

  private static String type(RuntimeException met) {
    return ((ApplicationFailure) catchThrowable(() -> Verdict.on(() -> sneak(met)))).getType();
  }

  private static Object sneak(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  @Test
  void aComputationThatBreaksIsNotTriedAgain() {
    assertThatThrownBy(
            () ->
                Verdict.onComputation(
                    () -> {
                      throw new ArithmeticException("no such class");
                    }))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.isNonRetryable()).isTrue();
              assertThat(failure.getOriginalMessage()).isEqualTo("no such class");
            });
  }

  @Test
  void aServiceThatBreaksInTheMidstOfAComputationIsWaitedFor() {
    assertThatThrownBy(
            () ->
                Verdict.onComputation(
                    () -> Verdict.onService(() -> sneak(new IllegalStateException("closed")))))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(Failures.UNAVAILABLE);
              assertThat(failure.getOriginalMessage())
                  .startsWith("the worker broke (java.lang.IllegalStateException: closed): ");
            });
    CatalogException away = new CatalogException("connection refused");
    assertThatThrownBy(() -> Verdict.onComputation(() -> Verdict.onService(() -> sneak(away))))
        .isSameAs(away);
  }
}
