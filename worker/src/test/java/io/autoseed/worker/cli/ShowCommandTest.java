package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.worker.report.RunView.PhaseView;
import io.autoseed.worker.report.RunView.TaskView;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShowCommandTest {
  @Test
  void ofMoreTasksThanCanBeReadTheLastTenThatHaveBegunAreListed() {
    assertThat(ShowCommand.firstListed(tasks(60, 60))).isZero();
    assertThat(ShowCommand.firstListed(tasks(61, 61))).isEqualTo(51);
    assertThat(ShowCommand.firstListed(tasks(5000, 42))).isEqualTo(32);
    assertThat(ShowCommand.firstListed(tasks(5000, 3))).isZero();
  }

  private static List<TaskView> tasks(int count, int begun) {
    PhaseView phase = new PhaseView("ENCODE", 1, 0.0, false, null, null, null);
    return IntStream.range(0, count)
        .mapToObj(
            task ->
                new TaskView(
                    "t-" + task,
                    "data",
                    List.of("a"),
                    task < begun ? List.of(phase) : List.of(),
                    null))
        .toList();
  }
}
