package io.autoseed.worker.cli;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.autoseed.worker.process.RunTrouble;
import io.autoseed.worker.process.Standstill;
import io.autoseed.worker.process.TemporalConnection;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunView;
import io.autoseed.worker.report.TextReport;
import io.autoseed.worker.report.TextTable;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows one run: matrix, metrics, phases, digests; or one study: its runs, its newest report. */
@Command(
    name = "show",
    description = {
      "Show one run: accuracy matrix, metrics, phases and digests.",
      "Or one study: its runs, and its report if it has written one."
    })
final class ShowCommand extends AutoseedCommand {
  private final Surroundings surroundings;

  @Parameters(
      paramLabel = "RUN|STUDY",
      description = "A run or a study: its id, its name, or the start of its id.")
  private String reference;

  ShowCommand(Terminal terminal, Surroundings surroundings) {
    super(terminal);
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try (RunCatalog catalog = surroundings.catalog()) {
      Meant meant = Meant.of(catalog, reference);
      if (meant instanceof Meant.Study study) {
        StudyShown shown =
            StudyShown.of(catalog, surroundings.workflowEnds().seen(study.standing()));
        print(shown, shown.text());
      } else {
        RunView view = ((Meant.Run) meant).view();
        Standstill standstill = standstill(catalog, view);
        String now = view.ended() ? "" : now(catalog, view.run());
        print(new Shown(view, standstill), text(view, standstill, now));
      }
    }
    return ExitCode.DONE;
  }

  /** The document: a run, and why it does not get on. */
  private record Shown(@JsonUnwrapped RunView run, @JsonUnwrapped Standstill standstill) {}

  private static String now(RunCatalog catalog, String run) {
    return catalog.progress(run).map(RunCatalog.Progress::now).orElse("");
  }

  private Standstill standstill(RunCatalog catalog, RunView view) {
    if (view.ended()) {
      return Standstill.NONE;
    }
    try (TemporalConnection temporal = surroundings.temporal()) {
      return new RunTrouble(temporal.client(), catalog::atWork).of(view.run());
    }
  }

  private static String text(RunView view, Standstill standstill, String now) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%s  %s by %s  %s%n"
            .formatted(
                view.run(),
                view.sequence(),
                view.strategy(),
                view.state().toLowerCase(Locale.ROOT)));
    if (view.failure() != null) {
      text.append(view.state().toLowerCase(Locale.ROOT))
          .append(": ")
          .append(view.failure())
          .append('\n');
    }
    if (!now.isEmpty()) {
      text.append("at ").append(now);
      standstill.progress().ifPresent(steps -> text.append(", ").append(steps));
      if (standstill.worker() != null) {
        text.append(", computed by ").append(standstill.worker());
      }
      text.append('\n');
    }
    standstill.line().ifPresent(line -> text.append(line).append('\n'));
    standstill.wayOut().ifPresent(line -> text.append(line).append('\n'));
    String next = NextStep.of(view.run(), view.state());
    if (!next.isEmpty()) {
      text.append(next).append('\n');
    }
    text.append('\n');
    if (!view.state().equals("DONE")) {
      text.append(
          "So far: measured after %d of %d tasks%n"
              .formatted(view.matrix().size(), view.tasks().size()));
    }
    text.append(TextReport.metrics(List.of(view.result())));
    text.append("\nAccuracy in % on each task, after each task, among all classes seen\n");
    text.append(TextReport.matrix(view.result()));
    text.append(TextReport.seeds(List.of(view.result())));
    text.append('\n').append(phases(view));
    text.append("\nObjects of the last learner state (SHA-256)\n");
    TextTable digests = new TextTable(List.of("object", "digest"));
    view.digests().forEach((name, digest) -> digests.row(List.of(name, digest)));
    text.append(digests.render());
    if (view.dropsFeatures()) {
      text.append("\nTraining features leave the store once their task is published.\n");
    }
    text.append("\ncode ").append(view.codeVersion());
    text.append(", numeric profile ").append(view.numericProfile());
    text.append(", sequence ").append(view.sequenceDigest());
    text.append(", MLflow: ").append(view.tracking()).append('\n');
    return text.toString();
  }

  private static String phases(RunView view) {
    TextTable table =
        new TextTable(
            List.of("task, phase", "attempts", "wait s", "compute s", "wall s", "result"));
    int first = firstListed(view.tasks());
    for (int task = first; task < view.tasks().size(); task++) {
      String shared = view.tasks().get(task).sharedWith();
      for (RunView.PhaseView phase : view.tasks().get(task).phases()) {
        table.row(
            List.of(
                "%d %s, %s"
                    .formatted(
                        task,
                        view.tasks().get(task).name(),
                        phase.phase().toLowerCase(Locale.ROOT).replace('_', ' ')),
                Integer.toString(phase.attempts()),
                number(phase.waitSeconds()),
                phase.reused() ? "-" : number(phase.computeSeconds()),
                number(phase.wallSeconds()),
                phase.manifest() == null
                    ? "-"
                    : (phase.reused() ? "reused " : "")
                        + phase.manifest().outcomeDigest().substring(0, 12)
                        + (shared == null ? "" : " from " + shared)));
      }
    }
    return table.render()
        + (first == 0
            ? ""
            : String.format(Locale.ROOT, "The %,d tasks before: --json has them.%n", first))
        + "wait: seconds from the commit before it, or the submission, to its first attempt: no worker was free,\n"
        + "or the run was paused; of encode it holds the encoding of the images.  compute: spent on this run's behalf.\n"
        + "wall: from the first attempt to the commit.  reused: computed by another run.\n";
  }

  /** Of more tasks than can be read, the last ten that have begun are listed. */
  static int firstListed(List<RunView.TaskView> tasks) {
    if (tasks.size() <= TextReport.READABLE_TASKS) {
      return 0;
    }
    int begun = (int) tasks.stream().filter(task -> !task.phases().isEmpty()).count();
    return Math.max(0, begun - 10);
  }

  private static String number(Double seconds) {
    return seconds == null ? "-" : String.format(Locale.ROOT, "%.2f", seconds);
  }
}
