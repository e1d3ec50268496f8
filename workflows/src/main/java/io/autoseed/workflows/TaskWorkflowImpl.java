package io.autoseed.workflows;

import io.temporal.api.enums.v1.RetryState;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.failure.TemporalFailure;
import io.temporal.workflow.Async;
import io.temporal.workflow.CancellationScope;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;

/** See {@link TaskWorkflow}. */
public final class TaskWorkflowImpl implements TaskWorkflow {
  private TaskRequest request;
  private Phase phase = Phase.ENCODE;
  private boolean held;
  private boolean interrupted;
  private CancellationScope current;

  @Override
  public ManifestReference run(TaskRequest request) {
    this.request = request;
    ManifestReference input = request.input();
    for (Phase next : Phase.values()) {
      phase = next;
      Workflow.upsertTypedSearchAttributes(SearchAttributes.PHASE.valueSet(next.name()));
      Workflow.setCurrentDetails(label());
      input = performUnlessHeld(request.phase(next, input)).manifest();
    }
    return input;
  }

  /** Performs the phase; a hold cancels it, and it is asked for again when the hold ends. */
  private PhaseOutcome performUnlessHeld(PhaseRequest phaseRequest) {
    while (true) {
      rest();
      interrupted = false;
      PhaseOutcome[] outcome = new PhaseOutcome[1];
      current =
          Workflow.newCancellationScope(
              () -> outcome[0] = Hardship.endure(() -> perform(phaseRequest)));
      try {
        current.run();
        return outcome[0];
      } catch (ActivityFailure | CanceledFailure e) {
        if (!interrupted || !gaveWay(e) || CancellationScope.current().isCancelRequested()) {
          throw e;
        }
      }
    }
  }

  /** Waits while the run is paused. Only then does it count as paused: nothing of it is at work. */
  private void rest() {
    while (held) {
      record(" paused", RunState.PAUSED);
      Workflow.await(() -> !held);
      record(" resumed", RunState.RUNNING);
    }
  }

  private void record(String summary, RunState state) {
    Hardship.endure(() -> control(label() + summary).changeRun(request.run(), state));
  }

  /**
   * Whether a phase that was asked to stop has done so: it said so, or it failed or its worker died
   * on the way there, which the server then does not try again.
   */
  private static boolean gaveWay(TemporalFailure e) {
    return e instanceof CanceledFailure
        || e.getCause() instanceof CanceledFailure
        || (e instanceof ActivityFailure failure
            && failure.getRetryState() == RetryState.RETRY_STATE_CANCEL_REQUESTED);
  }

  private PhaseOutcome perform(PhaseRequest phaseRequest) {
    return switch (phaseRequest.phase()) {
      case ENCODE -> encode(phaseRequest);
      case REPLAY -> accelerator(label()).replay(phaseRequest);
      case ADAPT -> accelerator(label()).adapt(phaseRequest);
      case SEED_UPDATE -> accelerator(label()).seedUpdate(phaseRequest);
      case EVALUATE -> accelerator(label()).evaluate(phaseRequest);
      case PUBLISH -> control(label()).publish(phaseRequest);
    };
  }

  /** Shares the missing shards out to all workers, then commits. */
  private PhaseOutcome encode(PhaseRequest phaseRequest) {
    int computed = 0;
    double seconds = 0;
    EncodePlan plan;
    do {
      plan = control(label() + " plan").planEncode(phaseRequest);
      if (plan.committed() != null) {
        return plan.committed();
      }
      List<ShardGroup> missing = plan.missing();
      List<Promise<ShardReport>> reports = new ArrayList<>();
      CancellationScope round =
          Workflow.newCancellationScope(() -> missing.forEach(group -> reports.add(share(group))));
      round.run();
      awaitAll(round, reports);
      for (Promise<ShardReport> report : reports) {
        computed += report.get().computed();
        seconds += report.get().computeSeconds();
      }
    } while (!plan.complete());
    return control(label()).encode(new EncodeRequest(phaseRequest, computed, seconds));
  }

  private Promise<ShardReport> share(ShardGroup group) {
    AcceleratorActivities worker =
        accelerator(label() + " " + group.shards().size() + " shards of task " + group.task());
    return Async.function(worker::encodeShards, group);
  }

  /**
   * A pause has come about, a cancelled run may close, and a round that failed may begin anew, when
   * no shard is encoded any more.
   */
  private static void awaitAll(CancellationScope round, List<Promise<ShardReport>> reports) {
    for (Promise<ShardReport> report : reports) {
      if (report.getFailure() != null && !round.isCancelRequested()) {
        round.cancel("another group of shards failed");
      }
    }
  }

  private ControlActivities control(String summary) {
    return PhaseActivityStubs.control(request.profile(), request.policy(), summary);
  }

  private AcceleratorActivities accelerator(String summary) {
    return PhaseActivityStubs.accelerator(request.profile(), request.policy(), summary);
  }

  private String label() {
    return "task " + request.task() + " (of " + request.tasks() + "): " + phase;
  }

  @Override
  public void hold(boolean held) {
    this.held = held;
    if (held && current != null) {
      interrupted = true;
      current.cancel("the run was paused");
    }
  }

  @Override
  public TaskStatus status() {
    return new TaskStatus(request == null ? -1 : request.task(), phase, held);
  }
}
