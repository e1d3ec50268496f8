package io.autoseed.worker.cli;

import io.autoseed.activities.phase.RunSubmission;
import io.autoseed.activities.phase.Submission;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.encoder.ModelFiles;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceFile;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.worker.process.CodeVersion;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.Numbers;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.workflows.TaskQueues;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Submits a sequence as a run, and one run for each of its baselines. */
final class RunSubmitter {

  /**
   * @param run id of the main run
   * @param baselines id of each baseline's run, by its strategy's name
   */
  record Submitted(String run, Map<String, String> baselines) {}

  private final Terminal terminal;
  private final Surroundings surroundings;
  private final boolean dropFeatures;

  /**
   * @param dropFeatures whether training features go once their task is published
   */
  RunSubmitter(Terminal terminal, Surroundings surroundings, boolean dropFeatures) {
    this.terminal = terminal;
    this.surroundings = surroundings;
    this.dropFeatures = dropFeatures;
  }

  /**
   * @param name of the run, see {@link RunIds#requireName}, or null for the sequence's own
   * @param profile numeric profile to compute in
   */
  Submitted submit(ResolvedSequence sequence, String name, String profile) {
    StackHealth.require(surroundings);
    if (name != null) {
      try (RunCatalog catalog = surroundings.catalog()) {
        sayNamesakes(catalog, name);
      }
    }
    prepare(sequence, dropFeatures);
    String run = id(sequence, name);
    Map<String, String> baselines = new LinkedHashMap<>();
    sequence.baselines().forEach(b -> baselines.put(b, RunIds.baseline(run, b)));
    SubmissionProgress progress =
        new SubmissionProgress(
            run,
            Stream.concat(Stream.of(sequence.document().strategy()), sequence.baselines().stream())
                .toList());
    InterruptNotice.during(
        () -> submit(sequence, run, profile, baselines, progress),
        () -> terminal.say(progress.interrupt()));
    return new Submitted(run, baselines);
  }

  private void submit(
      ResolvedSequence sequence,
      String run,
      String profile,
      Map<String, String> baselines,
      SubmissionProgress progress) {
    try (StackClient client = surroundings.client()) {
      RunSubmission submission = client.submission();
      warnUnlessPolled(client, profile);
      progress.next(() -> submission.submit(submission(run, sequence, profile, dropFeatures)));
      terminal.say("submitted run " + run + " (" + sequence.document().strategy() + ")");
      baselines.forEach(
          (baseline, beside) ->
              progress.next(
                  () ->
                      submission.submit(
                          submission(beside, sequence.withStrategy(baseline), profile, dropFeatures)
                              .withBeside(run))));
      if (!baselines.isEmpty()) {
        terminal.say("and beside it, for comparison: " + String.join(", ", baselines.keySet()));
      }
    }
  }

  /**
   * Submits a run that shares another's past. It runs alone: the file's baselines have no such
   * past.
   *
   * @param from {@code RUN@TASK} or {@code RUN}, see {@link ForkPoint#parse}
   * @param name of the run, see {@link RunIds#requireName}, or null for the sequence's own
   * @param profile numeric profile to compute in
   */
  Submitted fork(
      Path file, Map<String, String> overrides, String from, String name, String profile) {
    try (StackClient client = surroundings.client();
        RunCatalog catalog = surroundings.catalog()) {
      RunSubmission submission = client.submission();
      ForkPoint point = ForkPoint.parse(from, catalog);
      if (name != null) {
        sayNamesakes(catalog, name);
      }
      ResolvedSequence sequence =
          SequenceFile.readAfter(submission.past(point.run(), point.afterTask()), file, overrides);
      boolean drops = dropFeatures || point.dropsFeatures();
      prepare(sequence.withoutBaselines(), drops);
      String run = id(sequence, name);
      Submission fork =
          submission(run, sequence, profile, drops)
              .withFork(new Submission.Fork(point.run(), point.afterTask()));
      Optional<String> begins = point.begins(submission.checkpoint(fork));
      SubmissionProgress progress =
          new SubmissionProgress(run, List.of(sequence.document().strategy()));
      warnUnlessPolled(client, profile);
      InterruptNotice.during(
          () -> progress.next(() -> submission.submit(fork)),
          () -> terminal.say(progress.interrupt()));
      terminal.say(
          "submitted run %s (%s), which shares %s with run %s"
              .formatted(
                  run,
                  sequence.document().strategy(),
                  point.afterTask() < 0
                      ? "no finished task"
                      : Numbers.counted(point.afterTask() + 1, "task", "tasks"),
                  point.run()));
      begins.ifPresent(terminal::say);
      if (!sequence.baselines().isEmpty()) {
        terminal.say("a fork runs alone, without the file's baselines");
      }
      return new Submitted(run, Map.of());
    }
  }

  private static Submission submission(
      String run, ResolvedSequence sequence, String profile, boolean drops) {
    Submission plain = Submission.of(run, sequence, profile, CodeVersion.current());
    return drops ? plain.droppingFeatures() : plain;
  }

  private void warnUnlessPolled(StackClient client, String profile) {
    if (!client.temporal().polled(TaskQueues.control(profile)).orElse(true)) {
      terminal.say(
          "no worker computes in the profile "
              + profile
              + ": the run waits until one does (autoseed up --profile, or autoseed worker)");
    }
  }

  /** Says so if the name that was chosen for a run means another already. */
  private void sayNamesakes(RunCatalog catalog, String name) {
    List<String> others = catalog.named(name);
    if (!others.isEmpty()) {
      terminal.say(
          "%s is called %s, too: go by the ids, or choose another --name"
              .formatted(others.get(0), name));
    }
  }

  private void prepare(ResolvedSequence sequence, boolean drops) {
    if (drops) {
      KeptExamples.refuse(sequence);
    }
    describe(sequence);
    if (sequence.tasks().stream().anyMatch(task -> !task.features())) {
      ModelFiles.ensure(StackOptions.of(surroundings.home()).cache(), terminal::say);
    }
  }

  private static String id(ResolvedSequence sequence, String name) {
    return RunIds.of(
        name == null ? sequence.document().name() : name, Instant.now(), new SecureRandom());
  }

  private void describe(ResolvedSequence sequence) {
    Map<String, String> digests = new TreeMap<>();
    for (TaskDocument task : sequence.tasks()) {
      digests.put(task.dataset(), task.datasetDigest());
    }
    terminal.say(
        "%s: %s, %s, sequence %s"
            .formatted(
                sequence.document().name(),
                Numbers.counted(sequence.tasks().size(), "task", "tasks"),
                Numbers.counted(sequence.classCount(), "class", "classes"),
                sequence.digest()));
    digests.forEach((name, digest) -> terminal.say("  data set " + name + "  " + digest));
  }
}
