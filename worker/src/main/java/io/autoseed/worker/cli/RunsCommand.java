package io.autoseed.worker.cli;

import io.autoseed.activities.catalog.RunFilter;
import io.autoseed.activities.catalog.RunHistory.Companions;
import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.process.WorkflowEnds;
import io.autoseed.worker.report.Numbers;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunList;
import io.autoseed.worker.report.RunSummary;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyState;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists runs, and studies with how many of their runs are done. */
@Command(
    name = "runs",
    description = {
      "List the runs and the studies, the newest first.",
      "Baselines, which stand beside another run, and the runs of chaos are counted, and listed with",
      "--all; those of a study with --study."
    })
final class RunsCommand extends AutoseedCommand {
  /** Most lines about what to do with runs that wait or ended early. */
  private static final int NEXT_STEPS = 5;

  private static final Set<String> STATES =
      Stream.of(
              Arrays.stream(RunState.values()).map(RunState::name),
              Arrays.stream(StudyState.values()).map(StudyState::name),
              Stream.of(StudyStanding.SUBMITTED, StudyStanding.UNREADABLE))
          .flatMap(states -> states)
          .collect(Collectors.toCollection(TreeSet::new));

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

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Only those in that state, such as running.")
  private String state;

  @Option(
      names = "--name",
      paramLabel = "TEXT",
      description = "Only those with TEXT in their ids, which begin with their names.")
  private String name = "";

  @Option(names = "--all", description = "Baselines and the runs of chaos, too.")
  private boolean all;

  RunsCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  /**
   * What {@code runs --json} prints.
   *
   * @param hidden what {@code --all} would list, too
   */
  record Document(List<RunSummary> runs, List<StudyStanding> studies, Companions hidden) {}

  @Override
  public Integer call() {
    if (limit < 1) {
      throw new ParameterException(
          spec.commandLine(), "--limit: expected 1 or more, found " + limit);
    }
    RunFilter filter = new RunFilter(requireState(), name, all);
    try (RunCatalog catalog = surroundings.catalog()) {
      Document found = study == null ? newest(catalog, filter) : members(catalog, filter);
      print(found, json() ? "" : isEmpty(found) ? nothing(catalog) : text(found));
    }
    return ExitCode.DONE;
  }

  /** The state that is asked for; empty for any. */
  private String requireState() {
    if (state == null) {
      return "";
    }
    String asked = state.toUpperCase(Locale.ROOT).replace('-', '_');
    if (!STATES.contains(asked)) {
      throw new ParameterException(
          spec.commandLine(),
          "--state: expected one of " + String.join(", ", STATES) + ", found " + state);
    }
    return asked;
  }

  private Document newest(RunCatalog catalog, RunFilter filter) {
    WorkflowEnds ends = surroundings.workflowEnds();
    return new Document(
        RunSummary.seen(catalog.newest(filter, limit), ends),
        catalog.studies().newest(filter, ends::seen, limit),
        all ? Companions.NONE : catalog.companions(filter));
  }

  private Document members(RunCatalog catalog, RunFilter filter) {
    WorkflowEnds ends = surroundings.workflowEnds();
    StudyStanding found = ends.seen(Meant.study(catalog, study));
    List<RunSummary> members =
        catalog.members(found.study()).stream()
            .filter(one -> filter.names(one.run()) && filter.admits(one.state()))
            .toList();
    return new Document(RunSummary.seen(members, ends), List.of(found), Companions.NONE);
  }

  private static boolean isEmpty(Document found) {
    return found.runs().isEmpty() && found.studies().isEmpty() && found.hidden().runs() == 0;
  }

  private String nothing(RunCatalog catalog) {
    if (state != null || !name.isEmpty()) {
      return "No such runs.\n";
    }
    int stored = catalog.storedRuns();
    return stored == 0
        ? "No runs yet. Start one: autoseed demo\n"
        : "The catalog has no runs, the store has %d: autoseed catalog rebuild brings those back that had begun.\n"
            .formatted(stored);
  }

  private String text(Document found) {
    StringBuilder text = new StringBuilder();
    if (!found.runs().isEmpty()) {
      text.append(RunList.runs(found.runs()));
    }
    if (found.hidden().runs() > 0) {
      text.append(hidden(found.hidden()));
    }
    if (!found.studies().isEmpty()) {
      text.append(text.isEmpty() ? "" : "\n").append(RunList.studies(found.studies()));
      if (study == null) {
        text.append("The runs of a study: autoseed runs --study STUDY\n");
      }
    }
    found.runs().stream()
        .filter(run -> run.study() == null || run.cutShort() != null)
        .map(RunsCommand::next)
        .filter(next -> !next.isEmpty())
        .limit(NEXT_STEPS)
        .forEach(next -> text.append(next).append('\n'));
    return text.toString();
  }

  private static String hidden(Companions hidden) {
    return "%s not listed%s: autoseed runs --all%n"
        .formatted(
            Numbers.counted(
                hidden.runs(), "baseline or run of chaos", "baselines and runs of chaos"),
            hidden.open() == 0 ? "" : ", " + hidden.open() + " of them open");
  }

  private static String next(RunSummary run) {
    return run.cutShort() == null
        ? NextStep.of(run.run(), run.state())
        : NextStep.afterCut(run.run(), run.cutShort());
  }
}
