package io.autoseed.worker.process;

import io.autoseed.activities.phase.PhaseServices;
import io.autoseed.workflows.TaskQueues;
import io.autoseed.workflows.TaskSequenceWorkflowImpl;
import io.autoseed.workflows.TaskWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The pollers of a worker process: several slots for control, one for the accelerator. */
final class TaskQueuePollers {
  private static final int CONTROL_SLOTS = 4;
  private static final long DEADLOCK_MILLIS = 5000;

  /** After a worker's death its cached workflows go elsewhere this soon. */
  private static final Duration STICKY = Duration.ofSeconds(1);

  /** The last checkpoint's step reaches the server at most this late. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final WorkerFactory factory;

  private TaskQueuePollers(WorkerFactory factory) {
    this.factory = factory;
  }

  static TaskQueuePollers start(
      WorkflowClient client, String profile, Optional<WorkerBuild> build, PhaseServices services) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(64)
                .setMaxWorkflowThreadCount(256)
                .build());
    WorkerOptions.Builder options = options(CONTROL_SLOTS);
    build.ifPresent(named -> options.setDeploymentOptions(named.options()));
    Worker control = factory.newWorker(TaskQueues.control(profile), options.build());
    control.registerWorkflowImplementationTypes(
        TaskSequenceWorkflowImpl.class, TaskWorkflowImpl.class);
    control.registerActivitiesImplementations(services.control());
    Worker accelerator = factory.newWorker(TaskQueues.accelerator(profile), options(1).build());
    accelerator.registerActivitiesImplementations(services.accelerator());
    factory.start();
    return new TaskQueuePollers(factory);
  }

  private static WorkerOptions.Builder options(int slots) {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityExecutionSize(slots)
        .setMaxConcurrentActivityTaskPollers(Math.min(2, slots))
        .setMaxConcurrentWorkflowTaskPollers(2)
        .setStickyQueueScheduleToStartTimeout(STICKY)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT)
        .setDefaultHeartbeatThrottleInterval(HEARTBEAT)
        .setDefaultDeadlockDetectionTimeout(DEADLOCK_MILLIS);
  }

  /**
   * Takes no more tasks and waits for those under way, which are to give way by themselves.
   *
   * @return false if one did not within the time
   */
  boolean stop(long timeout, TimeUnit unit) {
    factory.shutdown();
    factory.awaitTermination(timeout, unit);
    return factory.isTerminated();
  }
}
