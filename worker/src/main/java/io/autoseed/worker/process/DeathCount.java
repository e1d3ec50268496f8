package io.autoseed.worker.process;

import io.autoseed.activities.phase.LoopProgress;
import io.autoseed.workflows.Failures;
import io.grpc.StatusRuntimeException;
import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.client.ActivityWorkerShutdownException;
import io.temporal.common.interceptors.ActivityExecutionContextBase;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives an activity up at which {@value #MOST} workers in a row have died without its getting on
 * ({@link Deaths}): this counts as a want of memory, for which the system kills without a word.
 *
 * <p>Every attempt but the first counts as it begins, and says so in a heartbeat before it does
 * anything else. So it matters neither who notices a death nor when, nor how soon the attempt kills
 * its own worker.
 */
final class DeathCount extends WorkerInterceptorBase {
  private static final Logger LOG = LoggerFactory.getLogger(DeathCount.class);

  /** Chaos waits for progress after each kill, so it stays far below. */
  private static final int MOST = 20;

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final WorkerIdentity self;

  /**
   * @param self the worker whose attempts these are
   */
  DeathCount(WorkerIdentity self) {
    this.self = self;
  }

  @Override
  public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
    return new Attempt(next);
  }

  /** One attempt at an activity. */
  private final class Attempt extends ActivityInboundCallsInterceptorBase {
    private Heart heart;

    Attempt(ActivityInboundCallsInterceptor next) {
      super(next);
    }

    @Override
    public void init(ActivityExecutionContext context) {
      heart = new Heart(context, self.toString());
      super.init(heart);
    }

    @Override
    public ActivityOutput execute(ActivityInput input) {
      if (heart.getInfo().getAttempt() > 1) {
        beginAfter(deaths(heart.getInfo()));
      }
      return super.execute(input);
    }

    /** What is tried again even then is counted afresh. */
    private void beginAfter(Deaths deaths) {
      boolean tooMany = deaths.count() >= MOST;
      heart.deaths = tooMany ? Deaths.NONE : deaths;
      tell();
      if (tooMany) {
        throw Failures.outOfMemory(
            "%d workers in a row died at the same place of it: if the system killed them for want of memory (dmesg says so), lower batch-size or give the machine more memory"
                .formatted(deaths.count()),
            null);
      }
    }

    /** A worker that was told to end since it took the attempt leaves it to that to hand over. */
    private void tell() {
      try {
        heart.heartbeat(LoopProgress.NONE);
      } catch (ActivityWorkerShutdownException e) {
        LOG.info("This worker ends; the attempt hands over");
      }
    }

    /** A server that does not say how the attempt before ended leaves the count as it is. */
    private Deaths deaths(ActivityInfo activity) {
      try {
        return new BriefQuestions(heart.getWorkflowClient(), PATIENCE)
            .describe(activity.getWorkflowId()).getPendingActivitiesList().stream()
                .filter(known -> known.getActivityId().equals(activity.getActivityId()))
                .findFirst()
                .map(known -> Deaths.before(known, worker -> worker.died(self)))
                .orElse(Deaths.NONE);
      } catch (StatusRuntimeException e) {
        LOG.info("Temporal does not say how the attempt before ended: {}", e.getStatus());
        return activity.getHeartbeatDetails().map(Beat::read).map(Beat::deaths).orElse(Deaths.NONE);
      }
    }
  }

  /** Has every heartbeat of an attempt carry who performs it, and the deaths before it. */
  private static final class Heart extends ActivityExecutionContextBase {
    private final String worker;
    private volatile Deaths deaths = Deaths.NONE;

    Heart(ActivityExecutionContext context, String worker) {
      super(context);
      this.worker = worker;
    }

    @Override
    public <V> void heartbeat(V details) {
      super.heartbeat(
          new Beat(
              worker,
              deaths,
              details instanceof LoopProgress progress ? progress : LoopProgress.NONE));
    }
  }
}
