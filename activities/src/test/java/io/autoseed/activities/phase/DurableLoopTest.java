package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autoseed.activities.commit.TokenlessAttempt;
import io.autoseed.activities.store.PlayedStore;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.workflows.Failures;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a phase does, as an activity, that is told to stop in the midst of its first step. */
@Timeout(180)
class DurableLoopTest {
  private static final double NEVER = 1e9;
  private static final String CHECKPOINT = "PUT runs/calm/checkpoints/0/ADAPT/00000001";
  private static final String LOOK = "GET runs/calm/manifests/0/ADAPT.json";

  private final BeatingActivity activity = new BeatingActivity();
  private final PlayedStore store = new PlayedStore();
  private final TokenlessAttempt attempt = new TokenlessAttempt(store.client(), "calm");
  private final Stopping stopping = new Stopping();

  DurableLoopTest() throws IOException {}

  @AfterEach
  void close() {
    activity.close();
    attempt.close();
    store.close();
  }

  @Test
  void whenCancelledItIsHeardOfUntilItHasSavedWhatItsStepLeft() {
    AtomicBoolean heard = new AtomicBoolean();

    Throwable end =
        performed(
            pulse -> {
              activity.tellToStop(pulse);
              heard.set(activity.isHeardOf());
            });

    assertThat(end).isInstanceOf(CanceledFailure.class);
    assertThat(heard).isTrue();
    assertThat(store.requests()).containsExactly(CHECKPOINT, LOOK);
  }

  @Test
  void whenItsWorkerIsToEndItLooksWhetherAnotherHasFinishedThePhaseBeforeItHandsItOver() {
    Throwable end = performed(pulse -> stopping.request());

    assertThat(failure(end).getType()).isEqualTo("autoseed.hand-over");
    assertThat(store.requests()).containsExactly(CHECKPOINT, LOOK);
  }

  @Test
  void whatBreaksInTheStoresClientIsNoMistakeOfItsOwn() {
    store.garble();

    Throwable end = performed(pulse -> stopping.request());

    assertThat(failure(end).getType()).isEqualTo(Failures.UNAVAILABLE);
    assertThat(failure(end).isNonRetryable()).isFalse();
  }

  /**
   * Performs the phase; returns how it failed.
   *
   * @param incident within the first of its two steps
   */
  private Throwable performed(Consumer<Pulse> incident) {
    return catchThrowable(
        () ->
            activity.perform(
                pulse ->
                    new DurableLoop(attempt.attempt(), NEVER, pulse, stopping)
                        .run(
                            new TwoSteps(() -> incident.accept(pulse)),
                            new PhaseInput(
                                0,
                                LearningPhase.ADAPT,
                                7,
                                LearnerState.empty(),
                                TaskClasses.none(1),
                                Optional.empty()),
                            null)));
  }

  private static ApplicationFailure failure(Throwable end) {
    return (ApplicationFailure) end.getCause();
  }

  /** A strategy whose ADAPT has two steps. */
  private static final class TwoSteps extends PhasedStrategy {
    private final Runnable first;

    TwoSteps(Runnable first) {
      super("two-steps", 1);
      this.first = first;
    }

    @Override
    protected PhaseLoop adapt(PhaseInput input) {
      return new PhaseLoop() {
        @Override
        public int steps() {
          return 2;
        }

        @Override
        public void step(int i) {
          if (i == 0) {
            first.run();
          }
        }

        @Override
        public TensorBundle snapshot() {
          return TensorBundle.of(Map.of("x", Tensor.of(new float[] {1}, 1)));
        }

        @Override
        public void restore(TensorBundle snapshot) {
          throw new AssertionError("there is no checkpoint");
        }

        @Override
        public PhaseResult result() {
          return PhaseResult.of(input.state(), Map.of());
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public Classifier classifier(LearnerState state, TaskClasses upcoming) {
      throw new AssertionError("nothing is classified");
    }

    @Override
    public boolean scoresUnseen() {
      return false;
    }
  }
}
