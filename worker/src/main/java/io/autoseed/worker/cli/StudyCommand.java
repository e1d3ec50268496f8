package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.study.StudyEstimate;
import io.autoseed.activities.study.StudyReport;
import io.autoseed.activities.study.StudySubmission;
import io.autoseed.activities.study.StudySubmission.Effort;
import io.autoseed.infra.stack.StackOptions;
import io.autoseed.learning.encoder.ModelFiles;
import io.autoseed.learning.sequence.ResolvedSequence;
import io.autoseed.learning.sequence.ResolvedStudy;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyFile;
import io.autoseed.worker.process.CodeVersion;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.EstimateText;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.TaskQueues;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Performs a grid of runs and reports what may be claimed from it. */
@Command(
    name = "study",
    description = {
      "Compare strategies over class orders and random seeds, with intervals and exact tests.",
      "Running the same file again follows the study, or goes on with what it has left. Of a file",
      "that was changed, runs that learn the same as before are taken over, not run again."
    })
final class StudyCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "FILE", description = "The study file (YAML).")
  private Path file;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Start of the study's id (default: its name). Another name, another study.")
  private String name;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replace a value of the file, as orders=2; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Option(
      names = "--profile",
      paramLabel = "avx2|native|cuda",
      description = "The numeric profile to compute in (default: that of the stack's workers).")
  private String profile;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      description = "Runs under way at a time (default: two for each worker).")
  private Integer parallel;

  @Option(
      names = "--first-orders",
      paramLabel = "N",
      description = "Only the first N class orders for now; without it the study goes on later.")
  private Integer firstOrders;

  @Option(
      names = "--screening",
      description = {
        "Run the file's tuning-orders in the place of its orders, as a study of its own: a look at",
        "strategies and settings before anything is measured that will be reported."
      })
  private boolean screening;

  @Option(
      names = "--max-hours",
      paramLabel = "H",
      description = {
        "Refuse to start if the estimate is above, or if nothing is known to estimate from; stop",
        "after the first run of each strategy if what is left is above."
      })
  private Double maxHours;

  @Option(names = "--detach", description = "Return once the study is submitted.")
  private boolean detach;

  @Option(
      names = "--report-again",
      description = {
        "Make the report of a study whose runs are all done anew, from what they measured: after a",
        "mend of the statistics or the pages."
      })
  private boolean reportAgain;

  @Option(names = "--stop", description = "End the study; its finished runs stay.")
  private boolean stop;

  StudyCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    requirePositive("--parallel", parallel);
    requirePositive("--first-orders", firstOrders);
    requirePositive("--max-hours", maxHours);
    RunIds.requireName(name, spec);
    ResolvedStudy study =
        screening ? StudyFile.readScreening(file, overrides) : StudyFile.read(file, overrides);
    String chosen = ProfileOption.ofRun(profile, surroundings, spec);
    String id = StudySubmission.id(study, name == null ? study.document().name() : name, chosen);
    requireShortRuns(id, study);
    try (StackClient client = surroundings.client()) {
      return stop ? stop(client, id) : perform(client, id, study, chosen);
    }
  }

  private void requirePositive(String option, Number value) {
    if (value != null && !(value.doubleValue() > 0)) {
      throw new ParameterException(
          spec.commandLine(), option + ": expected more than 0, found " + value);
    }
  }

  private void requireShortRuns(String id, ResolvedStudy study) {
    String longest = StudySubmission.longestRun(id, study);
    if (longest.length() > Runs.LONGEST_ID) {
      throw new CommandFailure(
          ("%s: runs would have ids of %d characters as %s, more than %d:"
                  + " give a shorter --name, or strategies shorter labels")
              .formatted(file, longest.length(), longest, Runs.LONGEST_ID));
    }
  }

  private int stop(StackClient client, String id) {
    if (!client.studyWatch().underWay(id)) {
      throw new CommandFailure("study " + id + " is not under way: there is nothing to stop");
    }
    SteeredStudy.end(client.studyWatch(), id);
    return follow(client, id);
  }

  private int perform(StackClient client, String id, ResolvedStudy study, String chosen) {
    describe(id, study);
    if (reportAgain) {
      requireDone(client.studySubmission(), id, study, chosen);
    } else if (client.studies().report(id).filter(StudyReport::whole).isPresent()) {
      terminal().say("all of its runs are done already");
      return report(client, id);
    }
    if (!client.studyWatch().makeWay(id)) {
      terminal().say("it is under way: follows it");
    } else if (reportAgain) {
      Effort nothing = effort(study.document().members().size(), 1);
      client.studySubmission().reportAgain(id, study, chosen, nothing);
    } else {
      submit(client, id, study, chosen);
    }
    if (detach) {
      print(
          Map.of("study", id, "state", "SUBMITTED", "runs", study.document().members().size()),
          id + "\n");
      return ExitCode.DONE;
    }
    return follow(client, id);
  }

  private void describe(String id, ResolvedStudy study) {
    StudyDocument document = study.document();
    ResolvedSequence any = study.anySequence();
    terminal()
        .say(
            "study %s: %d runs of %d tasks and %d classes; strategies: %s; class orders: %s"
                .formatted(
                    id,
                    document.members().size(),
                    any.tasks().size(),
                    any.classCount(),
                    String.join(", ", document.labels()),
                    String.join(", ", document.orders().stream().map(String::valueOf).toList())));
  }

  private void submit(StackClient client, String id, ResolvedStudy study, String chosen) {
    if (study.anySequence().tasks().stream().anyMatch(task -> !task.features())) {
      ModelFiles.ensure(StackOptions.of(surroundings.home()).cache(), terminal()::say);
    }
    int workers = client.temporal().computing(TaskQueues.accelerator(chosen)).orElse(0);
    if (workers == 0) {
      terminal()
          .say(
              "no worker computes in the profile %s: the study waits until one does"
                      .formatted(chosen)
                  + " (autoseed up --profile, or autoseed worker)");
    }
    int until =
        firstOrders == null
            ? study.document().members().size()
            : study.document().membersOfFirst(firstOrders);
    Effort effort = effort(until, Math.max(1, workers));
    estimate(client.studySubmission().estimate(id, study, chosen, effort), until);
    client.studySubmission().submit(id, study, chosen, CodeVersion.current(), effort);
    terminal().say("submitted study " + id + ", " + effort.pace().parallel() + " runs at a time");
  }

  private Effort effort(int until, int workers) {
    return new Effort(
        until,
        new StudyEstimate.Pace(parallel != null ? parallel : 2 * workers, workers),
        maxHours,
        RunPolicy.DEFAULT,
        "autoseed " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()));
  }

  private static void requireDone(
      StudySubmission submission, String id, ResolvedStudy study, String chosen) {
    int members = study.document().members().size();
    int left = submission.left(id, study, chosen, members).size();
    if (left > 0) {
      throw new CommandFailure(
          "--report-again: %d of the %d runs of %s are not done: run its file without it"
              .formatted(left, members, id));
    }
  }

  private void estimate(StudyEstimate estimate, int members) {
    EstimateText.lines(estimate, members).forEach(terminal()::say);
    refuse(DiskLimit.refusal(estimate, surroundings.stack().objectStoreRoom()));
    if (maxHours != null) {
      refuse(HourLimit.refusal(estimate, maxHours, file));
    }
  }

  private static void refuse(Optional<String> refusal) {
    refusal.ifPresent(
        why -> {
          throw new CommandFailure(why);
        });
  }

  private int follow(StackClient client, String id) {
    StudyFollower.follow(surroundings, terminal(), id);
    return report(client, id);
  }

  private int report(StackClient client, String id) {
    return FinishedStudy.of(client.studies(), surroundings, id).tell(this);
  }
}
