package io.autoseed.worker.cli;

import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.SequenceFile;
import io.autoseed.worker.report.RunCatalog;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Submits a sequence and follows it to its report. */
@Command(
    name = "run",
    description = {
      "Submit a sequence and its baselines, follow them, and report.",
      "Interrupting it does not stop the run: autoseed watch RUN follows it again."
    })
final class RunCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The sequence file (YAML).")
  private Path file;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its name, with which its id begins (default: the sequence's).")
  private String name;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a value of the file, as strategy.seeds-per-class=8; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--from",
      paramLabel = "RUN@TASK",
      description = {
        "Fork RUN after TASK (its index from 0 or its name; default: the last finished) and share",
        "its past. The file repeats RUN's tasks up to TASK, or names only those after it. Model,",
        "strategy and shared tasks stay; settings, random seed and later tasks may change."
      })
  private String from;

  @Option(
      names = "--profile",
      paramLabel = "avx2|native|cuda",
      description = "The numeric profile to compute in (default: that of the stack's workers).")
  private String profile;

  @Option(names = "--no-baselines", description = "Run the file's own strategy alone.")
  private boolean noBaselines;

  @Option(
      names = "--drop-features",
      description = {
        "Remove the features of each task's training images from the store once the task is",
        "published, so that of these images nothing stays but what the strategy has learned. The run",
        "encodes for itself, and strategies that keep examples are refused."
      })
  private boolean dropFeatures;

  @Option(names = "--detach", description = "Return once the run is submitted.")
  private boolean detach;

  RunCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    RunIds.requireName(name, spec);
    String chosen = ProfileOption.ofRun(profile, surroundings, spec);
    RunSubmitter submitter = new RunSubmitter(terminal(), surroundings, dropFeatures);
    RunSubmitter.Submitted submitted =
        from == null
            ? submit(submitter, chosen)
            : submitter.fork(file, overrides, from, name, chosen);
    if (detach) {
      print(
          Map.of("run", submitted.run(), "state", "SUBMITTED", "baselines", submitted.baselines()),
          submitted.run() + "\n");
      return ExitCode.DONE;
    }
    FinishedRun finished = follow(terminal(), surroundings, submitted);
    print(finished.document(), finished.text());
    return ExitCode.DONE;
  }

  private RunSubmitter.Submitted submit(RunSubmitter submitter, String chosen) {
    ResolvedSequence sequence = SequenceFile.read(file, overrides);
    return submitter.submit(noBaselines ? sequence.withoutBaselines() : sequence, name, chosen);
  }

  /** Waits for a run and its baselines with a progress bar. */
  static FinishedRun follow(
      Terminal terminal, Surroundings surroundings, RunSubmitter.Submitted submitted) {
    try (RunCatalog catalog = surroundings.catalog()) {
      RunFollower.follow(
          catalog,
          surroundings,
          terminal,
          submitted.run(),
          List.copyOf(submitted.baselines().values()));
      return FinishedRun.report(catalog, surroundings, submitted.run());
    }
  }
}
