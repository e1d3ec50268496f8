package io.autoseed.learning.sequence;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.SortedMap;

/**
 * A checked sequence with everything resolved: what is submitted, immutable, named by the SHA-256
 * of its canonical JSON ({@link CanonicalJson}). It holds no path, time or host; tasks are named by
 * the digests of their own documents, so that a phase reads only what it needs.
 *
 * @param model {@code builtin}
 * @param strategy the strategy's name
 * @param strategyVersion {@link io.autoseed.learning.strategy.Strategy#version} when it was read:
 *     what another version makes of it is another sequence; null, and then not written, in those
 *     that an older build stored
 * @param settings the strategy's settings, complete and checked
 * @param labelNoise the share of training labels that were replaced on purpose, in (0, 1); null,
 *     and then not written, where none were. The tasks are as they were labelled.
 * @param tasks SHA-256 of each {@link TaskDocument}, in order
 * @param parent digest of the revision this one appends to, or null
 */
public record SequenceDocument(
    String name,
    String model,
    String strategy,
    @JsonInclude(JsonInclude.Include.NON_NULL) Integer strategyVersion,
    SortedMap<String, Object> settings,
    long randomSeed,
    EvaluationRows evaluation,
    @JsonInclude(JsonInclude.Include.NON_NULL) Double labelNoise,
    List<String> tasks,
    String parent) {
  /** The same under another name. */
  SequenceDocument named(String other) {
    return new SequenceDocument(
        other,
        model,
        strategy,
        strategyVersion,
        settings,
        randomSeed,
        evaluation,
        labelNoise,
        tasks,
        parent);
  }

  /** The same with another strategy and its settings, which must be complete and checked. */
  SequenceDocument withStrategy(String other, int version, SortedMap<String, Object> complete) {
    return new SequenceDocument(
        name, model, other, version, complete, randomSeed, evaluation, labelNoise, tasks, parent);
  }

  /** The same with another random seed. */
  SequenceDocument withRandomSeed(long other) {
    return new SequenceDocument(
        name,
        model,
        strategy,
        strategyVersion,
        settings,
        other,
        evaluation,
        labelNoise,
        tasks,
        parent);
  }

  /** The same as the next revision of another. */
  SequenceDocument withParent(String digest) {
    return new SequenceDocument(
        name,
        model,
        strategy,
        strategyVersion,
        settings,
        randomSeed,
        evaluation,
        labelNoise,
        tasks,
        digest);
  }

  /** The same with other tasks. */
  public SequenceDocument withTasks(List<String> digests) {
    return new SequenceDocument(
        name,
        model,
        strategy,
        strategyVersion,
        settings,
        randomSeed,
        evaluation,
        labelNoise,
        digests,
        parent);
  }

  /**
   * Which rows of the accuracy matrix are measured: the {@code evaluation: {rows: ...}} key.
   *
   * @param count N of EVERY (rows N, 2N, ...), K of LAST (the last K rows); 0 for ALL
   */
  public record EvaluationRows(Kind kind, int count) {
    public enum Kind {
      ALL,
      EVERY,
      LAST
    }
  }
}
