package io.autoseed.activities.phase;

import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.commit.PhasePlan;
import io.autoseed.activities.store.PhaseKey;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.workflows.PhaseRequest;
import java.util.List;
import java.util.stream.Stream;

/**
 * A phase with all that it starts from.
 *
 * @param taskDigest digest of {@code task}
 * @param carried what the input manifest hands on
 */
record Assignment(
    PhaseRequest request,
    RunDocument run,
    SequenceDocument sequence,
    String taskDigest,
    TaskDocument task,
    CarriedState carried) {

  /** The plan of a phase whose result the key determines. */
  PhasePlan plan(PhaseKey key) {
    return new PhasePlan(
        request, taskDigest, key.digest(), carried.objects(), Reuse.of(run.reuse()));
  }

  /**
   * The key of a phase that a strategy computes or is measured in.
   *
   * @param encoder digest of the encoder
   * @param alignment digest of the joint space
   * @param profile digest of the numeric profile
   */
  PhaseKey key(Strategy strategy, String encoder, String alignment, String profile) {
    return new PhaseKey(
        request.phase(),
        strategy.name(),
        sequence.settings(),
        strategy.version(),
        request.input() == null ? null : request.input().outcomeDigest(),
        taskDigest,
        scope(),
        files(),
        encoder,
        alignment,
        profile,
        sequence.randomSeed());
  }

  /** Whether the sequence, as it is now, ends with this task. */
  boolean isLast() {
    return request.task() == sequence.tasks().size() - 1;
  }

  /** The other phases know nothing of the sequence but the past that their input carries. */
  private String scope() {
    return switch (request.phase()) {
      case EVALUATE, PUBLISH ->
          CanonicalJson.digest(new Scope(sequence.tasks(), sequence.evaluation()));
      case ENCODE, REPLAY, ADAPT, SEED_UPDATE -> null;
    };
  }

  /** What of a sequence its accuracy matrix hangs on. */
  private record Scope(List<String> tasks, EvaluationRows evaluation) {}

  /** Digests of the task's files, classes in the order learned, training files first. */
  List<String> files() {
    return task.classes().stream()
        .flatMap(learned -> Stream.concat(learned.train().stream(), learned.test().stream()))
        .map(FileDocument::sha256)
        .toList();
  }
}
