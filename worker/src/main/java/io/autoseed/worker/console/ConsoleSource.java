package io.autoseed.worker.console;

import io.autoseed.activities.study.StudyStanding;
import io.autoseed.worker.report.RunResult;
import io.autoseed.worker.report.RunSummary;
import io.autoseed.worker.report.RunView;
import java.util.List;
import java.util.Optional;

/** What the console shows. Asked at every request; thread-safe. */
public interface ConsoleSource {
  /**
   * Where other pages are.
   *
   * @param mlflow base of MLflow's page
   * @param temporal base of Temporal's page
   * @param namespace of Temporal
   * @param bucket that holds the artifacts
   */
  record Links(String mlflow, String temporal, String namespace, String bucket) {}

  /**
   * A run and what its baselines measured.
   *
   * @param notices why it does not get on, and what to do, a line each; empty if it does
   */
  record Detail(RunView run, List<RunResult> baselines, List<String> notices) {
    public Detail {
      baselines = List.copyOf(baselines);
      notices = List.copyOf(notices);
    }
  }

  /** The catalog does not answer; the message is for people. */
  final class Unavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Links links();

  /** A study and its runs. */
  record StudyDetail(StudyStanding study, List<RunSummary> runs) {
    public StudyDetail {
      runs = List.copyOf(runs);
    }
  }

  /** The newest runs first, without members of studies. */
  List<RunSummary> runs();

  /** The studies that were submitted last, the newest first. */
  List<StudyStanding> studies();

  /** The study of that id, if there is one. */
  Optional<StudyDetail> study(String study);

  /** The run of that id, if there is one. */
  Optional<Detail> run(String run);
}
