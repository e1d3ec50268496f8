package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.engine.EngineException;
import io.autoseed.workflows.Failures;
import io.temporal.failure.ApplicationFailure;
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
  void tooLittleMemoryIsTriedAgainButNotForEver() {
    ApplicationFailure first = Failures.outOfMemory("out of memory", 1, null);
    ApplicationFailure fifth = Failures.outOfMemory("out of memory", 5, null);

    assertThat(first.isNonRetryable()).isFalse();
    assertThat(first.getNextRetryDelay()).isNotNull();
    assertThat(fifth.isNonRetryable()).isTrue();
    assertThat(fifth.getOriginalMessage()).isEqualTo("out of memory");
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
}
