package io.autoseed.activities.phase;

import ai.djl.Device;
import io.autoseed.activities.commit.PhaseAttempt;
import io.autoseed.activities.commit.PhaseCommit;
import io.autoseed.activities.commit.PhasePlan;
import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.commit.PhaseStart;
import io.autoseed.activities.store.Manifests;
import io.autoseed.activities.store.StoredManifest;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.workflows.Failures;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * What the phases performed by one process share.
 *
 * @param profile digest of the process's numeric profile
 */
record Workbench(
    RunDocuments documents,
    Manifests manifests,
    PhaseCommit commit,
    FeatureShards shards,
    EncoderChoice encoders,
    JointSpaces spaces,
    TaskInputsCache inputs,
    OpenDataSets dataSets,
    Trunk trunk,
    Device device,
    String profile,
    TrainingSlot slot,
    Stopping stopping) {

  /** Reads what a phase starts from. */
  Assignment assignment(PhaseRequest request) {
    SequenceDocument sequence = documents.sequence(request.sequence());
    if (request.task() >= sequence.tasks().size()) {
      throw Failures.badInput(
          "sequence "
              + request.sequence()
              + " has "
              + sequence.tasks().size()
              + " tasks: there is no task "
              + request.task(),
          null);
    }
    String digest = sequence.tasks().get(request.task());
    StoredManifest input = request.input() == null ? null : manifests.read(request.input());
    return new Assignment(
        request,
        documents.run(request.run(), request.sequence()),
        sequence,
        digest,
        documents.task(digest),
        CarriedState.of(input, manifests));
  }

  /**
   * The sequence's strategy on this process's device.
   *
   * @throws ApplicationFailure that no retry mends, if it is another version than the run began
   *     with: its tasks would not all have been learned in the same way
   */
  Strategy strategy(SequenceDocument sequence) {
    Strategy strategy = strategy(sequence, device);
    requireVersion(sequence, strategy.version());
    return strategy;
  }

  static void requireVersion(SequenceDocument sequence, int version) {
    Integer wanted = sequence.strategyVersion();
    if (wanted != null && wanted != version) {
      throw Failures.badInput(
          "the run was submitted for version %d of strategy '%s', this worker has version %d: submit its file again, or keep a worker of the older build until it has ended"
              .formatted(wanted, sequence.strategy(), version),
          null);
    }
  }

  static Strategy strategy(SequenceDocument sequence, Device device) {
    StrategyFactory factory =
        Strategies.named(sequence.strategy())
            .orElseThrow(
                () ->
                    Failures.badInput(
                        "this worker has no strategy '"
                            + sequence.strategy()
                            + "': update the worker",
                        null));
    try {
      SortedMap<String, Object> settings = factory.complete(sequence.settings());
      return Verdict.onComputation(() -> factory.create(settings, device));
    } catch (IllegalArgumentException e) {
      throw Failures.badInput(
          "this worker refuses a setting of strategy '"
              + sequence.strategy()
              + "': "
              + e.getMessage()
              + "; submit the sequence again with another",
          e);
    }
  }

  /** What a phase left that must have gone before the one at hand. */
  StoredManifest left(String run, int task, Phase phase) {
    return required(manifests.committed(run, task, phase), run, task, phase);
  }

  /**
   * @throws ApplicationFailure that no retry mends, if there is no such manifest
   */
  static StoredManifest required(
      Optional<StoredManifest> found, String run, int task, Phase phase) {
    return found.orElseThrow(
        () ->
            Failures.badInput(
                "run %s has no manifest of %s of task %d: expected it before the phases that follow; autoseed verify %s says what else is missing"
                    .formatted(run, phase, task, run),
                null));
  }

  /**
   * The real examples that the seeds are measured against when the sequence ends; none before, nor
   * in a run that has dropped them.
   */
  Optional<SeedSample> seedSample(Assignment assignment) {
    SequenceDocument sequence = assignment.sequence();
    return assignment.isLast() && !assignment.run().dropsFeatures()
        ? Optional.of(
            SeedSample.of(
                sequence.tasks().size(), task -> documents.task(sequence.tasks().get(task))))
        : Optional.empty();
  }

  /** Computes and commits a phase, unless it is finished already. */
  PhaseOutcome perform(PhasePlan plan, Function<PhaseAttempt, PhaseProduct> computation) {
    return perform(plan, computation, PhaseAttempt::commit);
  }

  /** The same for a phase of the accelerator queue: another may compute while this one commits. */
  PhaseOutcome train(PhasePlan plan, Function<PhaseAttempt, PhaseProduct> computation) {
    return perform(
        plan,
        computation,
        (attempt, product) -> {
          TrainingSlot.Aftermath committing = slot.computed();
          try {
            return attempt.commit(product);
          } finally {
            committing.close();
          }
        });
  }

  private PhaseOutcome perform(
      PhasePlan plan,
      Function<PhaseAttempt, PhaseProduct> computation,
      BiFunction<PhaseAttempt, PhaseProduct, PhaseOutcome> end) {
    PhaseStart start = commit.begin(plan);
    if (start instanceof PhaseStart.Finished finished) {
      return finished.outcome();
    }
    PhaseAttempt attempt = ((PhaseStart.Open) start).attempt();
    return end.apply(attempt, computation.apply(attempt));
  }
}
