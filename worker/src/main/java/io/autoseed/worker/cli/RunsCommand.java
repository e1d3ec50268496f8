package io.autoseed.worker.cli;

import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunSummary;
import io.autoseed.worker.report.TextTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Lists runs. */
@Command(name = "runs", description = "List the runs, the newest first.")
final class RunsCommand extends AutoseedCommand {
  /** Most lines about what to do with runs that wait or ended early. */
  private static final int NEXT_STEPS = 5;

  private final Surroundings surroundings;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "50",
      description = "How many (default ${DEFAULT-VALUE}).")
  private int limit;

  RunsCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (RunCatalog catalog = surroundings.catalog()) {
      List<RunSummary> runs = catalog.newest(Math.max(1, limit));
      print(Map.of("runs", runs), text(runs));
    }
    return ExitCode.DONE;
  }

  private static String text(List<RunSummary> runs) {
    if (runs.isEmpty()) {
      return "No runs yet. Start one: autoseed demo\n";
    }
    TextTable table =
        new TextTable(List.of("run", "sequence", "strategy", "state", "tasks", "submitted (UTC)"));
    for (RunSummary run : runs) {
      table.row(
          List.of(
              run.run(),
              run.sequence(),
              run.strategy(),
              run.state().toLowerCase(Locale.ROOT),
              run.tasksDone() + "/" + run.tasks(),
              run.createdAt().replaceFirst("T", " ").replaceFirst("\\..*|Z$", "")));
    }
    StringBuilder text = new StringBuilder(table.render());
    runs.stream()
        .map(run -> NextStep.of(run.run(), run.state()))
        .filter(next -> !next.isEmpty())
        .limit(NEXT_STEPS)
        .forEach(next -> text.append(next).append('\n'));
    return text.toString();
  }
}
