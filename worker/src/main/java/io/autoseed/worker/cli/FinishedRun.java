package io.autoseed.worker.cli;

import io.autoseed.infra.stack.StackAddresses;
import io.autoseed.worker.report.Report;
import io.autoseed.worker.report.ReportFolder;
import io.autoseed.worker.report.RunCatalog;
import io.autoseed.worker.report.RunResult;
import io.autoseed.worker.report.RunView;
import io.autoseed.worker.report.TextReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A run that has ended, with its baselines, and its report.
 *
 * @param document what {@code --json} prints
 * @param text what is printed otherwise
 */
record FinishedRun(RunDocumentJson document, String text) {
  private static final String DONE = "DONE";

  /**
   * Writes the report of a run that has ended.
   *
   * @throws CommandFailure if it ended without being done
   */
  static FinishedRun report(RunCatalog catalog, Surroundings surroundings, String run) {
    RunView main = Surroundings.require(catalog, run);
    if (!main.state().equals(DONE)) {
      String why = main.failure() == null ? "" : ": " + main.failure();
      throw new CommandFailure(
          "run %s %s%s; %s"
              .formatted(
                  run,
                  main.state().toLowerCase(java.util.Locale.ROOT),
                  why,
                  NextStep.of(run, main.state())));
    }
    List<RunView> baselines =
        main.baselines().stream().map(id -> Surroundings.require(catalog, id)).toList();
    List<RunResult> results =
        baselines.stream()
            .filter(baseline -> baseline.state().equals(DONE))
            .map(RunView::result)
            .toList();
    StackAddresses addresses = surroundings.stack().addresses();
    Report report =
        new Report(
            main.result(),
            results,
            List.of(
                new Report.Link("Console", addresses.consoleUrl() + "/#/run/" + run),
                new Report.Link("MLflow", mlflow(addresses, main)),
                new Report.Link("Temporal", addresses.temporalUi()),
                new Report.Link("Artifacts", "s3://" + addresses.s3Bucket() + "/runs/" + run)));
    Path page = write(surroundings, report);
    double seconds =
        baselines.stream().mapToDouble(RunView::seconds).reduce(main.seconds(), Math::max);
    StringBuilder text = new StringBuilder(TextReport.render(report));
    baselines.stream()
        .filter(baseline -> !baseline.state().equals(DONE))
        .forEach(
            baseline ->
                text.append("\nThe baseline ")
                    .append(baseline.strategy())
                    .append(" failed: ")
                    .append(baseline.failure())
                    .append('\n'));
    text.append(where(addresses, main, page));
    return new FinishedRun(
        RunDocumentJson.of(main.result(), results, seconds, page), text.toString());
  }

  private static Path write(Surroundings surroundings, Report report) {
    try {
      return ReportFolder.write(surroundings.home(), report);
    } catch (IOException e) {
      throw new CommandFailure(
          "the report cannot be written below " + surroundings.home() + " (" + e + ")", e);
    }
  }

  /** The page of the sequence's runs, if MLflow has been told of this one already. */
  private static String mlflow(StackAddresses addresses, RunView run) {
    return run.trackingExperiment() == null
        ? addresses.mlflowUrl()
        : "%s/#/experiments/%s/runs?workflowType=machine_learning"
            .formatted(addresses.mlflowUrl(), run.trackingExperiment());
  }

  private static String where(StackAddresses addresses, RunView run, Path page) {
    return """

        Where to look
          report    %s
          picture   %s
          console   %s
          MLflow    %s
          Temporal  %s
        Next: autoseed show %s   (matrix, phases, digests)
              autoseed runs      autoseed compare RUN RUN      autoseed down
        """
        .formatted(
            page,
            page.resolveSibling("accuracy.png"),
            addresses.consoleUrl() + "/#/run/" + run.run(),
            mlflow(addresses, run),
            addresses.temporalUi(),
            run.run());
  }

  int exitCode() {
    return ExitCode.DONE;
  }
}
