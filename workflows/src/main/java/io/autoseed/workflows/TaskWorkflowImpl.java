package io.autoseed.workflows;

import io.temporal.failure.ActivityFailure;
import io.temporal.failure.CanceledFailure;
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
      Workflow.await(() -> !held);
      interrupted = false;
      PhaseOutcome[] outcome = new PhaseOutcome[1];
      current = Workflow.newCancellationScope(() -> outcome[0] = perform(phaseRequest));
      try {
        current.run();
        return outcome[0];
      } catch (ActivityFailure | CanceledFailure e) {
        if (!interrupted || !isCancellation(e) || CancellationScope.current().isCancelRequested()) {
          throw e;
        }
      }
    }
  }

  private static boolean isCancellation(Exception e) {
    return e instanceof CanceledFailure || e.getCause() instanceof CanceledFailure;
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
      List<Promise<ShardReport>> reports = new ArrayList<>();
      for (ShardGroup group : plan.missing()) {
        AcceleratorActivities worker =
            accelerator(label() + " " + group.shards().size() + " shards of task " + group.task());
        reports.add(Async.function(worker::encodeShards, group));
      }
      for (Promise<ShardReport> report : reports) {
        computed += report.get().computed();
        seconds += report.get().computeSeconds();
      }
    } while (!plan.complete());
    return control(label()).encode(new EncodeRequest(phaseRequest, computed, seconds));
  }

  private ControlActivities control(String summary) {
    return PhaseActivityStubs.control(request.profile(), request.policy(), summary);
  }

  private AcceleratorActivities accelerator(String summary) {
    return PhaseActivityStubs.accelerator(request.profile(), request.policy(), summary);
  }

  private String label() {
    return "task " + request.task() + " of " + request.tasks() + ": " + phase;
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
