package io.autoseed.workflows;

import io.temporal.activity.ActivityCancellationType;
import io.temporal.activity.ActivityOptions;
import io.temporal.common.RetryOptions;
import io.temporal.workflow.Workflow;
import java.time.Duration;
import java.util.stream.Stream;

/** How activities are called: queues, timeouts, retries. */
final class PhaseActivityStubs {
  private static final Duration LONGEST_PHASE = Duration.ofDays(7);
  private static final Duration LONGEST_CONTROL = Duration.ofMinutes(10);
  private static final Duration LONGEST_TRACKING = Duration.ofDays(1);

  /** Unlimited attempts: an outage of any length delays a run and never ends it. */
  private static final RetryOptions RETRY =
      RetryOptions.newBuilder()
          .setInitialInterval(Duration.ofMillis(200))
          .setBackoffCoefficient(2)
          .setMaximumInterval(Duration.ofSeconds(2))
          .setMaximumAttempts(0)
          .setDoNotRetry(Failures.BAD_INPUT, Failures.DIGEST_MISMATCH)
          .build();

  /** What may be met a limited number of times is counted by the workflow. */
  private static final RetryOptions ENDURED_RETRY =
      RETRY.toBuilder()
          .setDoNotRetry(
              Stream.concat(Stream.of(RETRY.getDoNotRetry()), Stream.of(Hardship.types()))
                  .toArray(String[]::new))
          .build();

  private PhaseActivityStubs() {}

  /** For the end of a run that is not done: it is written down as soon as that can be. */
  static ControlActivities closing(String profile, RunPolicy policy, String summary) {
    return Workflow.newActivityStub(
        ControlActivities.class,
        options(TaskQueues.control(profile), LONGEST_CONTROL, policy, summary));
  }

  /**
   * For what is written down of a run, and phases that compute nothing; {@link Hardship} ends an
   * activity.
   */
  static ControlActivities control(String profile, RunPolicy policy, String summary) {
    return Workflow.newActivityStub(
        ControlActivities.class,
        enduredOptions(TaskQueues.control(profile), LONGEST_CONTROL, policy, summary));
  }

  /** For what a study does beside its runs; {@link Hardship} ends an activity. */
  static StudyActivities study(String profile, RunPolicy policy, String summary) {
    return Workflow.newActivityStub(
        StudyActivities.class,
        enduredOptions(TaskQueues.control(profile), LONGEST_CONTROL, policy, summary));
  }

  /** For the end of a study that cannot report: it is written down as soon as that can be. */
  static StudyActivities failing(String profile, RunPolicy policy, String summary) {
    return Workflow.newActivityStub(
        StudyActivities.class,
        options(TaskQueues.control(profile), LONGEST_CONTROL, policy, summary));
  }

  /** For what nothing waits for: given up after a time. */
  static StudyActivities tracking(String profile, RunPolicy policy, String summary) {
    return Workflow.newActivityStub(
        StudyActivities.class,
        ActivityOptions.newBuilder(
                options(TaskQueues.control(profile), LONGEST_CONTROL, policy, summary))
            .setScheduleToCloseTimeout(LONGEST_TRACKING)
            .build());
  }

  /** For phases that compute; {@link Hardship} ends an activity. */
  static AcceleratorActivities accelerator(String profile, RunPolicy policy, String summary) {
    return Workflow.newActivityStub(
        AcceleratorActivities.class,
        enduredOptions(TaskQueues.accelerator(profile), LONGEST_PHASE, policy, summary));
  }

  private static ActivityOptions enduredOptions(
      String queue, Duration longest, RunPolicy policy, String summary) {
    return ActivityOptions.newBuilder(options(queue, longest, policy, summary))
        .setRetryOptions(ENDURED_RETRY)
        .build();
  }

  private static ActivityOptions options(
      String queue, Duration longest, RunPolicy policy, String summary) {
    return ActivityOptions.newBuilder()
        .setTaskQueue(queue)
        .setStartToCloseTimeout(longest)
        .setHeartbeatTimeout(Duration.ofSeconds(policy.heartbeatSeconds()))
        .setCancellationType(ActivityCancellationType.WAIT_CANCELLATION_COMPLETED)
        .setRetryOptions(RETRY)
        .setSummary(summary)
        .build();
  }
}
