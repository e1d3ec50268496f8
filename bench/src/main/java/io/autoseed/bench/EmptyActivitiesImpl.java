package io.autoseed.bench;

import io.temporal.activity.ActivityOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;

/** See {@link EmptyActivities}. Its activities go through a queue of their own, as phases do. */
public final class EmptyActivitiesImpl implements EmptyActivities {
  static final String ACTIVITY_QUEUE_SUFFIX = "-activities";

  @Override
  public void run(int times) {
    EmptyActivity activity =
        Workflow.newActivityStub(
            EmptyActivity.class,
            ActivityOptions.newBuilder()
                .setTaskQueue(Workflow.getInfo().getTaskQueue() + ACTIVITY_QUEUE_SUFFIX)
                .setStartToCloseTimeout(Duration.ofMinutes(1))
                .build());
    for (int i = 0; i < times; i++) {
      activity.perform();
    }
  }
}
