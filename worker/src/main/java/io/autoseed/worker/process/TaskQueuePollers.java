package io.autoseed.worker.process;

import io.autoseed.activities.phase.PhaseServices;
import io.autoseed.activities.phase.TrainingSlot;
import io.autoseed.workflows.StudyActivities;
import io.autoseed.workflows.StudyWorkflowImpl;
import io.autoseed.workflows.TaskQueues;
import io.autoseed.workflows.TaskSequenceWorkflowImpl;
import io.autoseed.workflows.TaskWorkflowImpl;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.temporal.worker.tuning.CompositeTuner;
import io.temporal.worker.tuning.FixedSizeSlotSupplier;
import io.temporal.worker.tuning.WorkerTuner;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The pollers of a worker process: several slots for control, a training slot for tensors. */
final class TaskQueuePollers {
  private static final int CONTROL_SLOTS = 4;
  private static final int WORKFLOW_POLLERS = 4;
  private static final long DEADLOCK_MILLIS = 5000;

  /** After a worker's death its cached workflows go elsewhere this soon. */
  private static final Duration STICKY = Duration.ofSeconds(1);

  /** The last checkpoint's step reaches the server at most this late. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  private final WorkerFactory factory;
  private final TrainingSlot slot;

  private TaskQueuePollers(WorkerFactory factory, TrainingSlot slot) {
    this.factory = factory;
    this.slot = slot;
  }

  static TaskQueuePollers start(
      WorkflowClient client,
      WorkerIdentity identity,
      String profile,
      Optional<WorkerBuild> build,
      PhaseServices services,
      StudyActivities studies,
      TrainingSlot slot) {
    WorkerFactory factory =
        WorkerFactory.newInstance(
            client,
            WorkerFactoryOptions.newBuilder()
                .setWorkflowCacheSize(64)
                .setWorkerInterceptors(new DeathCount(identity))
                .setMaxWorkflowThreadCount(256)
                .build());
    WorkerOptions.Builder options =
        options()
            .setMaxConcurrentActivityExecutionSize(CONTROL_SLOTS)
            .setMaxConcurrentWorkflowTaskPollers(WORKFLOW_POLLERS);
    build.ifPresent(named -> options.setDeploymentOptions(named.options()));
    Worker control = factory.newWorker(TaskQueues.control(profile), options.build());
    control.registerWorkflowImplementationTypes(
        StudyWorkflowImpl.class, TaskSequenceWorkflowImpl.class, TaskWorkflowImpl.class);
    control.registerActivitiesImplementations(services.control(), studies);
    Worker accelerator =
        factory.newWorker(
            TaskQueues.accelerator(profile), options().setWorkerTuner(training(slot)).build());
    accelerator.registerActivitiesImplementations(services.accelerator());
    factory.start();
    return new TaskQueuePollers(factory, slot);
  }

  /** Only activities come over the accelerator queue; the other kinds are never asked for. */
  private static WorkerTuner training(TrainingSlot slot) {
    return new CompositeTuner(
        new FixedSizeSlotSupplier<>(1),
        new TrainingSlotSupplier(slot),
        new FixedSizeSlotSupplier<>(1),
        new FixedSizeSlotSupplier<>(1));
  }

  private static WorkerOptions.Builder options() {
    return WorkerOptions.newBuilder()
        .setMaxConcurrentActivityTaskPollers(2)
        .setStickyQueueScheduleToStartTimeout(STICKY)
        .setMaxHeartbeatThrottleInterval(HEARTBEAT)
        .setDefaultHeartbeatThrottleInterval(HEARTBEAT)
        .setDefaultDeadlockDetectionTimeout(DEADLOCK_MILLIS);
  }

  /**
   * Takes no more tasks; those under way go on. The pollers end only some time after this returns,
   * so the slot is closed: it would ask for the very phase that it hands over.
   */
  void takeNoMore() {
    slot.close();
    factory.shutdown();
  }

  /**
   * Waits for the tasks under way, which are to give way by themselves.
   *
   * @return false if one did not within the time
   */
  boolean awaitEnd(long timeout, TimeUnit unit) {
    factory.awaitTermination(timeout, unit);
    return factory.isTerminated();
  }
}
