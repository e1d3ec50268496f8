package io.autoseed.activities.phase;

import io.autoseed.activities.commit.PhaseAttempt;
import io.autoseed.activities.commit.PhaseProduct;
import io.autoseed.activities.store.ArtifactReference;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.workflows.PhaseOutcome;
import io.autoseed.workflows.PhaseRequest;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Stream;

/**
 * What REPLAY, ADAPT and SEED_UPDATE have in common: a strategy's loop, made durable. The first
 * phase of a run that finds no centre of the joint space makes it, of its task's training features.
 */
final class StrategyPhase {
  /** Adds to the product what one phase alone knows. */
  @FunctionalInterface
  interface Completion {
    Completion NONE = (assignment, before, after, product) -> product;

    PhaseProduct complete(
        Assignment assignment, LearnerState before, LearnerState after, PhaseProduct product);
  }

  private final Workbench bench;

  StrategyPhase(Workbench bench) {
    this.bench = bench;
  }

  PhaseOutcome perform(PhaseRequest request, LearningPhase phase, Completion completion) {
    try (Pulse pulse = Pulse.start(LoopProgress.NONE)) {
      Assignment assignment = bench.assignment(request);
      Strategy strategy = bench.strategy(assignment.sequence());
      JointSpace space = bench.spaces().of(assignment.task(), assignment.run());
      String encoder = bench.encoders().digest(assignment.task());
      var plan =
          assignment.plan(assignment.key(strategy, encoder, space.digest(), bench.profile()));
      return bench.train(
          plan, attempt -> compute(assignment, phase, strategy, space, attempt, pulse, completion));
    }
  }

  private PhaseProduct compute(
      Assignment assignment,
      LearningPhase phase,
      Strategy strategy,
      JointSpace space,
      PhaseAttempt attempt,
      Pulse pulse,
      Completion completion) {
    Tensor centre = centre(assignment, space);
    LearnerState before = assignment.carried().state();
    TaskInputs inputs =
        bench.inputs().toLearn(assignment.taskDigest(), assignment.run(), space, centre);
    PhaseInput input =
        TaskPhases.input(
            phase, assignment.request().task(), assignment.sequence().randomSeed(), before, inputs);
    DurableLoop loop =
        new DurableLoop(attempt, assignment.run().checkpointSeconds(), pulse, bench.stopping());
    PhaseResult result = loop.run(strategy, input, assignment.run().forkedFrom());
    double seconds = loop.computeSeconds();
    SortedMap<String, StoredObject> unchanged =
        assignment.carried().unchanged(before, result.state());
    SortedMap<String, byte[]> objects = CarriedState.changed(result.state(), unchanged.keySet());
    objects.put(CarriedState.CENTRE, SafeTensors.encode(CarriedState.centreBundle(centre)));
    PhaseProduct product =
        PhaseProduct.of(objects, unchanged, result.metrics(), seconds)
            .withConsumed(consumed(assignment, phase, space));
    return completion.complete(assignment, before, result.state(), product);
  }

  private Tensor centre(Assignment assignment, JointSpace space) {
    if (assignment.carried().hasCentre()) {
      return assignment.carried().centre();
    }
    List<Shard> shards = bench.encoders().shards(assignment.task(), assignment.run());
    return space.centre(bench.shards().task(assignment.task(), shards).train());
  }

  /** The state is consumed through the input manifest, which the commit adds. */
  private List<ArtifactReference> consumed(
      Assignment assignment, LearningPhase phase, JointSpace space) {
    Stream<ArtifactReference> features =
        bench.encoders().shards(assignment.task(), assignment.run()).stream()
            .filter(shard -> read(phase, shard))
            .map(shard -> ArtifactReference.of(stored(shard), "features"));
    return Stream.concat(
            features, Stream.of(ArtifactReference.outside("alignment", space.digest(), 0)))
        .toList();
  }

  private static boolean read(LearningPhase phase, Shard shard) {
    return switch (shard.content()) {
      case TEXTS -> true;
      case TRAIN -> phase != LearningPhase.REPLAY;
      case TEST -> false;
    };
  }

  private StoredObject stored(Shard shard) {
    return bench.shards().require(shard);
  }
}
