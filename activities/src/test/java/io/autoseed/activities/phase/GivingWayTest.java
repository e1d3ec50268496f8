package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.autoseed.learning.evaluation.Evaluation;
import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An evaluation, as an activity, that is told to end, or cancelled, when it is not yet done. */
class GivingWayTest {
  private static final int TASKS = 200;

  /** Of the first task. */
  private static final LearnerState LEARNED =
      LearnerState.of(Map.of(TaskClasses.NAME, task(0).classes().bundle()));

  private final Strategy strategy =
      Strategies.named("continual-clip").orElseThrow().create(Map.of(), Device.cpu());
  private final Stopping stopping = new Stopping();
  private final AtomicInteger asked = new AtomicInteger();
  private final TestActivityEnvironment environment = TestActivityEnvironment.newInstance();

  /** What the test performs as an activity. */
  @ActivityInterface
  public interface Evaluating {
    @ActivityMethod
    int cells();
  }

  @AfterEach
  void close() {
    environment.close();
  }

  /** Evaluates after the first of many tasks; returns how many cells the row has. */
  private int evaluate(IntFunction<TaskInputs> inputs) {
    environment.registerActivitiesImplementations(
        (Evaluating)
            () -> {
              try (Pulse pulse = Pulse.start(null)) {
                List<TaskInputs> tasks =
                    new TestedTasks(
                        TASKS,
                        IntStream.range(0, TASKS).toArray(),
                        inputs,
                        () -> pulse.giveWay(stopping, null));
                EvaluationRow row =
                    Evaluation.row(
                        strategy,
                        LEARNED,
                        tasks,
                        0,
                        new EvaluationRows(EvaluationRows.Kind.ALL, 0));
                return row.classIncremental().size();
              }
            });
    return environment
        .newActivityStub(
            Evaluating.class,
            ActivityOptions.newBuilder()
                .setStartToCloseTimeout(Duration.ofMinutes(2))
                .setHeartbeatTimeout(Duration.ofMinutes(1))
                .build())
        .cells();
  }

  /** A task of one class and one image, both in the same place. */
  private static TaskInputs task(int index) {
    Tensor vector = Tensor.of(new float[] {1, 0}, 1, 2);
    int[] number = {index};
    return new TaskInputs(
        new TaskClasses(number, vector),
        new TrainingSet(vector, number),
        vector,
        number,
        Tensor.of(new float[] {0, 0}, 2));
  }

  @Test
  void anEvaluationThatNobodyStopsHasAllItsCells() {
    assertThat(evaluate(GivingWayTest::task)).isEqualTo(TASKS);
  }

  @Test
  void anEvaluationIsHandedOverBetweenTwoCellsWhenItsWorkerIsToldToEnd() {
    assertThatThrownBy(
            () ->
                evaluate(
                    index -> {
                      if (asked.incrementAndGet() == 5) {
                        stopping.request();
                      }
                      return task(index);
                    }))
        .hasRootCauseInstanceOf(ApplicationFailure.class)
        .rootCause()
        .hasMessageContaining("the worker was told to end");
    assertThat(asked).hasValue(5);
  }

  @Test
  void anEvaluationIsLeftBetweenTwoCellsWhenItIsCancelled() {
    assertThatThrownBy(
            () ->
                evaluate(
                    index -> {
                      if (asked.incrementAndGet() == 5) {
                        environment.requestCancelActivity();
                      }
                      rest();
                      return task(index);
                    }))
        .isInstanceOf(CanceledFailure.class);
    assertThat(asked).hasValueBetween(5, 3 * TASKS - 1);
  }

  private static void rest() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
