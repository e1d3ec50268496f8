package io.autoseed.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.workflows.Failures;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.common.RetryOptions;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor.ActivityOutput;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of an activity at which one worker after the other dies before it says a word. */
@Timeout(180)
class DeathCountTest {
  private static final String QUEUE = "accelerator";

  private final AtomicInteger attempts = new AtomicInteger();
  private TestWorkflowEnvironment environment;
  private volatile IntConsumer attempt;

  /** What is performed. */
  @ActivityInterface
  public interface Computing {
    @ActivityMethod
    void compute();
  }

  /** Who waits for it. */
  @WorkflowInterface
  public interface Waiting {
    @WorkflowMethod
    void await();
  }

  /** See {@link Waiting}. */
  public static final class WaitingImpl implements Waiting {
    @Override
    public void await() {
      Workflow.newActivityStub(
              Computing.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofMinutes(5))
                  .setHeartbeatTimeout(Duration.ofMinutes(1))
                  .setRetryOptions(
                      RetryOptions.newBuilder()
                          .setInitialInterval(Duration.ofMillis(10))
                          .setBackoffCoefficient(1)
                          .setDoNotRetry(Failures.OUT_OF_MEMORY)
                          .build())
                  .build())
          .compute();
    }
  }

  @BeforeEach
  void start() {
    environment =
        TestWorkflowEnvironment.newInstance(
            TestEnvironmentOptions.newBuilder()
                .setWorkerFactoryOptions(
                    WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new DeathCount(WorkerIdentity.current("cpu")))
                        .build())
                .build());
    Worker worker = environment.newWorker(QUEUE);
    worker.registerWorkflowImplementationTypes(WaitingImpl.class);
    worker.registerActivitiesImplementations(
        (Computing) () -> attempt.accept(attempts.incrementAndGet()));
    environment.start();
  }

  @AfterEach
  void stop() {
    environment.close();
  }

  @Test
  void itIsGivenUpForWantOfMemoryWhenTwentyInARowHaveDied() {
    attempt =
        number -> {
          throw Failures.workerDied(number + "@host");
        };

    assertThatThrownBy(this::perform)
        .isInstanceOf(WorkflowFailedException.class)
        .rootCause()
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            failure -> {
              assertThat(failure.getType()).isEqualTo(Failures.OUT_OF_MEMORY);
              assertThat(failure.getOriginalMessage())
                  .startsWith("20 workers in a row died at the same place of it: ")
                  .contains("lower batch-size");
            });
    assertThat(attempts).hasValue(20);
  }

  @Test
  void otherTroubleInBetweenIsNoDeathAndBreaksTheRow() {
    attempt =
        number -> {
          if (number % 20 == 0) {
            throw new IllegalStateException("connection refused");
          } else if (number < 60) {
            throw Failures.workerDied(number + "@host");
          }
        };

    perform();

    assertThat(attempts).hasValue(61);
  }

  @Test
  void anAttemptWhoseWorkerIsToldToEndMeanwhileIsLeftToHandOver() {
    ActivityInfo second =
        played(
            ActivityInfo.class,
            Map.of(
                "getAttempt", () -> 2,
                "getWorkflowId", () -> "gone",
                "getHeartbeatDetails", Optional::empty));
    ActivityExecutionContext ending =
        played(
            ActivityExecutionContext.class,
            Map.of(
                "getInfo", () -> second,
                "getWorkflowClient", environment::getWorkflowClient,
                "heartbeat",
                    () -> {
                      throw new ActivityWorkerShutdownException(second);
                    }));
    ActivityInboundCallsInterceptor phase =
        played(
            ActivityInboundCallsInterceptor.class,
            Map.of("execute", () -> new ActivityOutput("handed over")));
    ActivityInboundCallsInterceptor counted =
        new DeathCount(WorkerIdentity.current("cpu")).interceptActivity(phase);

    counted.init(ending);

    assertThat(counted.execute(null).getResult()).isEqualTo("handed over");
  }

  /** Answers null to what is not among {@code answers}. */
  private static <T> T played(Class<T> type, Map<String, Supplier<?>> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answers.getOrDefault(method.getName(), () -> null).get()));
  }

  private void perform() {
    environment
        .getWorkflowClient()
        .newWorkflowStub(Waiting.class, WorkflowOptions.newBuilder().setTaskQueue(QUEUE).build())
        .await();
  }
}
