package io.autoseed.worker.cli;

import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.process.WorkflowEnds;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunList;
import io.autoseed.worker.report.RunSummary;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists runs, and studies with how many of their runs are done. */
@Command(
    name = "runs",
    description = {
      "List the runs and the studies, the newest first. The runs of a study are listed by themselves:",
      "--study STUDY."
    })
final class RunsCommand extends AutoseedCommand {
  /** Most lines about what to do with runs that wait or ended early. */
  private static final int NEXT_STEPS = 5;

  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many runs, and how many studies (default ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--study",
      paramLabel = "STUDY",
      description = "All runs of a study, in the order of their submission.")
  private String study;

  RunsCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  /** What {@code runs --json} prints. */
  record Document(List<RunSummary> runs, List<StudyStanding> studies) {}

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: expected 1 or more, found " + limit);
    }
    try (RunCatalog catalog = surroundings.catalog()) {
      Document found = study == null ? newest(catalog) : members(catalog);
      print(found, text(found));
    }
    return ExitCode.DONE;
  }

  private Document newest(RunCatalog catalog) {
    WorkflowEnds ends = surroundings.workflowEnds();
    return new Document(
        catalog.newest(limit), catalog.studies().newest(limit).stream().map(ends::seen).toList());
  }

  private Document members(RunCatalog catalog) {
    StudyStanding found = surroundings.workflowEnds().seen(Meant.study(catalog, study));
    return new Document(catalog.members(found.study()), List.of(found));
  }

  private String text(Document found) {
    if (found.runs().isEmpty() && found.studies().isEmpty()) {
      return "No runs yet. Start one: autoseed demo\n";
    }
    StringBuilder text = new StringBuilder();
    if (!found.runs().isEmpty()) {
      text.append(RunList.runs(found.runs()));
    }
    if (!found.studies().isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(RunList.studies(found.studies()));
      if (study == null) {
        text.append("The runs of a study: autoseed runs --study STUDY\n");
      }
    }
    found.runs().stream()
        .filter(run -> run.study() == null)
        .map(run -> NextStep.of(run.run(), run.state()))
        .filter(next -> !next.isEmpty())
        .limit(NEXT_STEPS)
        .forEach(next -> text.append(next).append('\n'));
    return text.toString();
  }
}
