package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.worker.report.RunCatalog.Progress;
import io.autoseed.workflows.StudyState;
import io.autoseed.workflows.StudyStatus;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StudyLineTest {
  private static final String TROUBLE = "report study, attempt 4, after: the catalog refused";

  @Test
  void aStudyWithoutARunUnderWaySaysWhyItDoesNotGetOn() {
    assertThat(line(status(2, List.of()))).isEqualTo(new StudyLine(1, "2 of 2 runs  " + TROUBLE));
  }

  @Test
  void aStudyWithRunsUnderWaySaysWhatTheyAreAt() {
    assertThat(line(status(1, List.of("grid-1-slda-o1-s7"))))
        .isEqualTo(new StudyLine(0.75, "1 of 2 runs  slda-o1-s7 task 1 adapt"));
  }

  private static StudyStatus status(int done, List<String> running) {
    return new StudyStatus("grid-1", StudyState.RUNNING, 2, done, 0, running, null, false);
  }

  private static StudyLine line(StudyStatus status) {
    return StudyLine.of(
        status,
        run -> Optional.of(new Progress(run, "slda", "RUNNING", 6, 12, "task 1 adapt", null)),
        study -> Optional.of(TROUBLE).filter(ignored -> study.equals("grid-1")));
  }
}
