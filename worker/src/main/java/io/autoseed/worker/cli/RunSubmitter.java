package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.Catalog;
import io.autoseed.activities.phase.RunSubmission;
import io.autoseed.activities.phase.Submission;
import io.autoseed.activities.store.ArtifactStore;
import io.autoseed.activities.store.ObjectCache;
import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.encoder.ModelFiles;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.worker.process.CodeVersion;
import io.autoseed.worker.process.StackConnections;
import io.autoseed.worker.process.TemporalConnection;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Submits a sequence as a run, and one run for each of its baselines. */
final class RunSubmitter {
  private static final String PROFILE = "avx2";
  private static final long CACHE_BYTES = 4L << 30;

  /**
   * @param run id of the main run
   * @param baselines id of each baseline's run, by its strategy's name
   */
  record Submitted(String run, Map<String, String> baselines) {}

  private final Terminal terminal;
  private final Surroundings surroundings;

  RunSubmitter(Terminal terminal, Surroundings surroundings) {
    this.terminal = terminal;
    this.surroundings = surroundings;
  }

  /**
   * @param name start of the run's id, or null for the sequence's own name
   */
  Submitted submit(ResolvedSequence sequence, String name) {
    StackHealth.require(surroundings);
    describe(sequence);
    if (sequence.tasks().stream().anyMatch(task -> !task.features())) {
      ModelFiles.ensure(StackOptions.of(surroundings.home()).cache(), terminal::say);
    }
    String run =
        RunIds.of(
            name == null ? sequence.document().name() : name, Instant.now(), new SecureRandom());
    Map<String, String> baselines = new LinkedHashMap<>();
    sequence.baselines().forEach(b -> baselines.put(b, RunIds.baseline(run, b)));
    SubmissionProgress progress =
        new SubmissionProgress(
            run,
            Stream.concat(Stream.of(sequence.document().strategy()), sequence.baselines().stream())
                .toList());
    InterruptNotice.during(
        () -> submit(sequence, run, baselines, progress), () -> terminal.say(progress.interrupt()));
    return new Submitted(run, baselines);
  }

  private void submit(
      ResolvedSequence sequence,
      String run,
      Map<String, String> baselines,
      SubmissionProgress progress) {
    StackAddresses addresses = surroundings.stack().addresses();
    try (ArtifactStore store = StackConnections.store(addresses);
        Catalog catalog = StackConnections.catalog(addresses);
        TemporalConnection temporal = StackConnections.temporal(addresses, "autoseed run")) {
      ObjectCache cache = new ObjectCache(surroundings.home().resolve("objects"), CACHE_BYTES);
      RunSubmission submission = new RunSubmission(store, cache, catalog, temporal.client());
      progress.next(
          () -> submission.submit(Submission.of(run, sequence, PROFILE, CodeVersion.current())));
      terminal.say("submitted run " + run + " (" + sequence.document().strategy() + ")");
      baselines.forEach(
          (baseline, beside) ->
              progress.next(
                  () ->
                      submission.submit(
                          Submission.of(
                                  beside,
                                  sequence.withStrategy(baseline),
                                  PROFILE,
                                  CodeVersion.current())
                              .withBeside(run))));
      if (!baselines.isEmpty()) {
        terminal.say("and beside it, for comparison: " + String.join(", ", baselines.keySet()));
      }
    }
  }

  private void describe(ResolvedSequence sequence) {
    Map<String, String> digests = new TreeMap<>();
    for (TaskDocument task : sequence.tasks()) {
      digests.put(task.dataset(), task.datasetDigest());
    }
    terminal.say(
        "%s: %d tasks, %d classes, sequence %s"
            .formatted(
                sequence.document().name(),
                sequence.tasks().size(),
                sequence.classCount(),
                sequence.digest()));
    digests.forEach((name, digest) -> terminal.say("  data set " + name + "  " + digest));
  }
}
