package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.activities.store.PlayedStore;
import io.autoseed.learning.evaluation.EvaluationRow;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhasedStrategy;
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
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An evaluation or an encoding, as an activity, told to end, or cancelled, when it is not done. */
@Timeout(180)
class GivingWayTest {
  private static final int TASKS = 200;

  static final EvaluationRows ALL = new EvaluationRows(EvaluationRows.Kind.ALL, 0);

  /** Of the first task. */
  static final LearnerState LEARNED =
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
                EvaluationRow row = EvaluatePhase.row(strategy, LEARNED, tasks, 0, ALL, pulse);
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
  static TaskInputs task(int index) {
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

  @Test
  void aCellUnderWayIsHeardOfToItsEndWhenItIsCancelled() {
    List<TaskInputs> tasks = List.of(task(0), task(1));

    assertThat(
            BeatingActivity.isHeardOfDuring(
                (pulse, cancelled) ->
                    EvaluatePhase.row(opening(cancelled), LEARNED, tasks, 0, ALL, pulse)))
        .as("a cell of the row")
        .isTrue();
    assertThat(
            BeatingActivity.isHeardOfDuring(
                (pulse, cancelled) ->
                    EvaluatePhase.beforeTask(opening(cancelled), LEARNED, tasks, pulse)))
        .as("what REPLAY foresaw")
        .isTrue();
  }

  /** The strategy, of which an evaluation opens a classifier in its midst. */
  private Strategy opening(Runnable incident) {
    return new PhasedStrategy("opening", 1) {
      @Override
      public Classifier classifier(LearnerState state, TaskClasses upcoming) {
        incident.run();
        return strategy.classifier(state, upcoming);
      }

      @Override
      public boolean scoresUnseen() {
        return true;
      }
    };
  }

  @Test
  void aShardUnderWayIsHeardOfToItsEndAndKeptWhenItIsCancelled() throws IOException {
    Shard shard =
        new Shard(
            0, Shard.Content.TEXTS, 0, List.of(), List.of("coat"), "0".repeat(64), "features/");
    try (PlayedStore store = new PlayedStore()) {
      FeatureShards kept = new FeatureShards(store.client(), ObjectCache.none());

      assertThat(
              BeatingActivity.isHeardOfDuring(
                  (pulse, cancelled) ->
                      ShardEncoding.encode(
                          List.of(shard),
                          kept,
                          unread -> {
                            cancelled.run();
                            return Tensor.of(new float[] {1, 0}, 1, 2);
                          },
                          stopping,
                          pulse)))
          .isTrue();
      assertThat(store.requests()).endsWith("PUT " + shard.objectKey());
    }
  }

  private static void rest() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
