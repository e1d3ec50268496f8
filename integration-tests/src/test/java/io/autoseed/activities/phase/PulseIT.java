package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.it.TestStack;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.TemporalConnection;
import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import io.temporal.activity.ActivityOptions;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.RetryOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerOptions;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How the server takes the end of an activity that is cancelled in the midst of something long. */
@Timeout(180)
class PulseIT {
  private static final Duration HEARTBEAT_TIMEOUT = Duration.ofSeconds(4);
  private static final Duration LONG = Duration.ofSeconds(7);
  private static final Set<EventType> ENDS =
      Set.of(
          EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED,
          EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT);

  /** Asks for an activity. */
  @WorkflowInterface
  public interface Asking {
    @WorkflowMethod
    void ask(boolean computing);
  }

  /** Computes, or waits for a service. */
  @ActivityInterface
  public interface Lasting {
    @ActivityMethod
    void last(boolean computing);
  }

  /** As phases are asked for, but only once. */
  public static final class AskingOnce implements Asking {
    @Override
    public void ask(boolean computing) {
      Workflow.newActivityStub(
              Lasting.class,
              ActivityOptions.newBuilder()
                  .setStartToCloseTimeout(Duration.ofMinutes(2))
                  .setHeartbeatTimeout(HEARTBEAT_TIMEOUT)
                  .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
                  .setRetryOptions(RetryOptions.newBuilder().setMaximumAttempts(1).build())
                  .build())
          .last(computing);
    }
  }

  private final String queue = "pulse-" + UUID.randomUUID();
  private final TemporalConnection temporal =
      StackConnections.temporal(TestStack.addresses(), "test");
  private final WorkerFactory workers = WorkerFactory.newInstance(temporal.client());
  private final CountDownLatch begun = new CountDownLatch(2);
  private final AtomicInteger finishedSteps = new AtomicInteger();

  @BeforeEach
  void startWorker() {
    Worker worker =
        workers.newWorker(
            queue,
            WorkerOptions.newBuilder()
                .setMaxHeartbeatThrottleInterval(Duration.ofMillis(500))
                .build());
    worker.registerWorkflowImplementationTypes(AskingOnce.class);
    worker.registerActivitiesImplementations((Lasting) this::last);
    workers.start();
  }

  @AfterEach
  void stopWorker() {
    workers.shutdownNow();
    workers.awaitTermination(1, TimeUnit.MINUTES);
    temporal.close();
  }

  private void last(boolean computing) {
    try (Pulse pulse = Pulse.start(null)) {
      begun.countDown();
      if (computing) {
        finishedSteps.addAndGet(pulse.computing(PulseIT::aLongStep));
      } else {
        pulse.waiting(PulseIT::aLongStep);
      }
      pulse.check();
    }
  }

  private static int aLongStep() {
    try {
      Thread.sleep(LONG.toMillis());
      return 1;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void itWaitsForAStepThatIsComputedAndNotForAServiceThatIsAway() throws InterruptedException {
    WorkflowStub computing = start(true);
    WorkflowStub waiting = start(false);
    assertThat(begun.await(1, TimeUnit.MINUTES)).isTrue();

    computing.cancel();
    waiting.cancel();

    assertThat(ended(computing)).isEqualTo(EventType.EVENT_TYPE_ACTIVITY_TASK_CANCELED);
    assertThat(finishedSteps).hasValue(1);
    assertThat(ended(waiting)).isEqualTo(EventType.EVENT_TYPE_ACTIVITY_TASK_TIMED_OUT);
  }

  /** How the activity of a workflow has ended, once both have. */
  private EventType ended(WorkflowStub workflow) {
    assertThatThrownBy(() -> workflow.getResult(Void.class))
        .isInstanceOf(WorkflowFailedException.class);
    return temporal
        .client()
        .fetchHistory(workflow.getExecution().getWorkflowId())
        .getEvents()
        .stream()
        .map(HistoryEvent::getEventType)
        .filter(ENDS::contains)
        .findFirst()
        .orElseThrow();
  }

  private WorkflowStub start(boolean computing) {
    Asking workflow =
        temporal
            .client()
            .newWorkflowStub(
                Asking.class,
                WorkflowOptions.newBuilder()
                    .setWorkflowId(queue + "-" + computing)
                    .setTaskQueue(queue)
                    .build());
    WorkflowClient.start(workflow::ask, computing);
    return WorkflowStub.fromTyped(workflow);
  }
}
