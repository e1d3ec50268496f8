package io.autoseed.activities.phase;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceDocument;
import io.autoseed.learning.sequence.SequenceException;
import io.autoseed.learning.sequence.SequencePast;
import io.autoseed.learning.strategy.Strategies;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run's sequence may be extended by: tasks, to be learned as those before them, and nothing
 * else.
 */
final class SequenceExtension {
  private SequenceExtension() {}

  /**
   * @throws SequenceException if {@code longer} adds no task, or changes more than the tasks
   */
  static void require(SequencePast past, ResolvedSequence longer) {
    if (longer.tasks().size() <= past.tasks().size()) {
      throw new SequenceException(
          "the file adds no task: run " + past.run() + " has all of its " + past.tasks().size());
    }
    requireSame(past.run(), past.document(), longer.document());
  }

  static void requireSame(String run, SequenceDocument before, SequenceDocument now) {
    requireVersion(run, before, now.strategyVersion());
    Map<String, String> was = fields(before);
    fields(now)
        .forEach(
            (field, value) -> {
              if (!value.equals(was.get(field))) {
                throw new SequenceException(
                    field
                        + ": the file has "
                        + value
                        + ", run "
                        + run
                        + " "
                        + was.getOrDefault(field, "none")
                        + ": only tasks can be appended; leave it out of the file, or fork the run"
                        + " with --from");
              }
            });
  }

  /**
   * All tasks of a run are learned by one version of its strategy. Not known of a run that an older
   * build submitted.
   */
  private static void requireVersion(String run, SequenceDocument before, Integer now) {
    Integer begun = before.strategyVersion();
    if (begun != null && !begun.equals(now)) {
      throw new SequenceException(
          "strategy.name: this program has version %s of %s, run %s learns with version %d: append with a build that has that, or fork the run with --from"
              .formatted(now, before.strategy(), run, begun));
    }
  }

  /** What is the same in all revisions, by the name it has in a sequence file. */
  private static Map<String, String> fields(SequenceDocument document) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("model", document.model());
    fields.put("strategy.name", document.strategy());
    settings(document).forEach((name, value) -> fields.put("strategy." + name, json(value)));
    fields.put("random-seed", Long.toString(document.randomSeed()));
    Double noise = document.labelNoise();
    fields.put("label-noise", noise == null ? "none" : noise.toString());
    fields.put("evaluation.rows", json(document.evaluation()));
    return fields;
  }

  /** An older build stored no settings but its own: the others are at their defaults. */
  private static Map<String, Object> settings(SequenceDocument document) {
    return Strategies.named(document.strategy())
        .<Map<String, Object>>map(factory -> factory.complete(document.settings()))
        .orElse(document.settings());
  }

  private static String json(Object value) {
    return new String(CanonicalJson.bytes(value), StandardCharsets.UTF_8);
  }
}
