package io.autoseed.worker.report;

import io.autoseed.activities.study.StudyStanding;
import java.util.List;
import java.util.Locale;

/** Runs and studies as tables in plain text. */
public final class RunList {
  private static final String NONE = "-";

  private RunList() {}

  /** A line each: what was run, how far it is. */
  public static String runs(List<RunSummary> runs) {
    TextTable table =
        new TextTable(List.of("run", "sequence", "strategy", "state", "tasks", "submitted (UTC)"));
    for (RunSummary run : runs) {
      table.row(
          List.of(
              run.run(),
              run.sequence(),
              run.strategy(),
              run.cutShort() == null ? word(run.state()) : run.cutShort(),
              run.tasksDone() + "/" + run.tasks(),
              minute(run.createdAt())));
    }
    return table.render();
  }

  /** A line each: how many of its runs are done. */
  public static String studies(List<StudyStanding> studies) {
    TextTable table =
        new TextTable(
            List.of("study", "state", "runs done", "running", "failed", "submitted (UTC)"));
    for (StudyStanding study : studies) {
      table.row(
          List.of(
              study.study(),
              word(study.state()),
              study.done() + "/" + study.runs(),
              Integer.toString(study.running()),
              Integer.toString(study.failed()),
              study.createdAt() == null ? NONE : minute(study.createdAt())));
    }
    return table.render();
  }

  /** A state as it stands in a sentence. */
  public static String word(String state) {
    return state.toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String minute(String at) {
    return at.replaceFirst("T", " ").replaceFirst("\\..*|Z$", "");
  }
}
