package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.worker.chaos.ChaosReport;
import io.autoseed.worker.chaos.ChaosReport.OfTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChaosCommandTest {
  @Test
  void aCountThatProvesNothingIsAUsageError() {
    CommandRun run = CommandRun.of("chaos", "any.yaml", "--kills", "0");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--kills: expected 1 or more, found 0");
  }

  @Test
  void anUnknownTargetIsAUsageErrorThatListsThoseThereAre() {
    CommandRun run = CommandRun.of("chaos", "any.yaml", "--targets", "worker,mlflow");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("--targets: expected worker, temporal, store, catalog, tracker, found mlflow");
  }

  @Test
  void theProfileOfTheEnvironmentIsThatOfTheRuns(@TempDir Path home) throws Exception {
    CommandRun run =
        CommandRun.with(Map.of("AUTOSEED_NUMERIC_PROFILE", "sse"), home, "chaos", "any.yaml");

    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err())
        .contains("AUTOSEED_NUMERIC_PROFILE: expected avx2 or native or cuda, found sse");
  }

  @Test
  void theReportNamesWhatDiffersAndHoldsOnlyWithoutIt() {
    ChaosReport broken = report(List.of("chaos-1: ADAPT of task 1 has no rows for MLflow"));

    assertThat(ChaosText.render(broken))
        .contains("DIFFERENCE chaos-1: ADAPT of task 1 has no rows for MLflow")
        .containsPattern("worker +3 +1 +1 +3\\.0 s +11\\.5 s +12\\.0 s +0\\.2 s +4\\.0 s")
        .containsPattern("kills in work +3 \\(2 of them in mid-training\\)")
        .containsPattern("woken zombies +1")
        .containsPattern("MLflow +9 runs compared with the manifests");
    assertThat(broken.holds()).isFalse();
    assertThat(report(List.of()).holds()).isTrue();
  }

  private static ChaosReport report(List<String> differences) {
    return new ChaosReport(
        3,
        1,
        2,
        Map.of("worker", new OfTarget(3, 1, 4, 1, 11.5, 3.0, 11.5, 12.0, 0.2, 4.0)),
        true,
        0,
        differences.size(),
        400,
        3.5,
        5,
        10,
        0,
        1,
        9,
        12.0,
        11.5,
        "long",
        1,
        2,
        "chaos-undisturbed",
        90,
        List.of("chaos-1"),
        differences);
  }
}
