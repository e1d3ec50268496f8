package io.autoseed.bench;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;

/** How long a stack's Temporal server needs for an activity that does nothing. */
final class RoundTrips implements AutoCloseable {
  private static final int WARM_UP = 20;

  private final WorkflowClient client;
  private final String queue;
  private final WorkerFactory factory;
  private int measured;

  RoundTrips(WorkflowClient client, String queue) {
    this.client = client;
    this.queue = queue;
    factory = WorkerFactory.newInstance(client);
    Worker workflows = factory.newWorker(queue);
    workflows.registerWorkflowImplementationTypes(EmptyActivitiesImpl.class);
    factory
        .newWorker(queue + EmptyActivitiesImpl.ACTIVITY_QUEUE_SUFFIX)
        .registerActivitiesImplementations((EmptyActivity) () -> {});
    factory.start();
  }

  /** Seconds from the scheduling of one empty activity to that of the next, {@code count} times. */
  List<Double> measure(int count) {
    String workflow = queue + "-" + measured++;
    EmptyActivities stub =
        client.newWorkflowStub(
            EmptyActivities.class,
            WorkflowOptions.newBuilder().setWorkflowId(workflow).setTaskQueue(queue).build());
    stub.run(WARM_UP + count + 1);
    List<Double> between = EventTimes.betweenActivities(client.fetchHistory(workflow).getEvents());
    return between.subList(WARM_UP, between.size());
  }

  @Override
  public void close() {
    factory.shutdownNow();
  }
}
