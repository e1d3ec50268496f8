package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.CatalogException;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.workflows.Failures;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of an activity in which a computation, or a call in its midst, breaks. */
@Timeout(180)
class ComputationTest {
  private final BeatingActivity activity = new BeatingActivity();

  @AfterEach
  void close() {
    activity.close();
  }

  @Test
  void anEvaluationThatBreaksInItsStrategyIsNotTriedAgain() {
    Strategy broken =
        new PhasedStrategy("broken", 1) {
          @Override
          public Classifier classifier(LearnerState state, TaskClasses upcoming) {
            throw new IllegalStateException("no keys of class 3");
          }

          @Override
          public boolean scoresUnseen() {
            return true;
          }
        };

    assertFailure(
        pulse ->
            EvaluatePhase.row(
                broken,
                GivingWayTest.LEARNED,
                List.of(GivingWayTest.task(0)),
                0,
                GivingWayTest.ALL,
                pulse),
        Failures.BAD_INPUT,
        "no keys of class 3");
  }

  @Test
  void whatBreaksInACallIsTriedForAWhile() {
    assertFailure(
        pulse -> askInComputation(pulse, new IllegalStateException("connection pool shut down")),
        Failures.UNAVAILABLE,
        "the worker broke (java.lang.IllegalStateException: connection pool shut down)");
  }

  @Test
  void aServiceThatIsAwayIsTroubleOfItsOwn() {
    assertFailure(
        pulse -> askInComputation(pulse, new CatalogException("connection refused")),
        CatalogException.class.getName(),
        "connection refused");
  }

  private static void askInComputation(Pulse pulse, RuntimeException trouble) {
    Computation computation = new Computation(pulse);
    computation.of(
        () ->
            computation.asking(
                () -> {
                  throw trouble;
                }));
  }

  private void assertFailure(Consumer<Pulse> work, String type, String message) {
    assertThatThrownBy(() -> activity.perform(work))
        .isInstanceOf(ActivityFailure.class)
        .cause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(type);
              assertThat(failure.getOriginalMessage()).startsWith(message);
            });
  }
}
