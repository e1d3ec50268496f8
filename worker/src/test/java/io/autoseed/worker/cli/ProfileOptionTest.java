package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

class ProfileOptionTest {
  @TempDir private Path home;

  @Test
  void theOptionGoesBeforeTheVariableAndAnEmptyVariableIsNone() {
    assertThat(chosen("native", "cuda")).isEqualTo("native");
    assertThat(chosen(null, "cuda")).isEqualTo("cuda");
    assertThat(chosen(null, "")).isEqualTo("avx2");
  }

  @Test
  void anUnknownProfileIsRefusedByTheNameItWasGivenUnder() {
    assertThatThrownBy(() -> chosen("avx", ""))
        .isInstanceOf(ParameterException.class)
        .hasMessage("--profile: expected avx2 or native or cuda, found avx");
    assertThatThrownBy(() -> chosen("", "avx2")).hasMessageEndingWith("found nothing");
    assertThatThrownBy(() -> chosen(null, "avx"))
        .hasMessageStartingWith("AUTOSEED_NUMERIC_PROFILE: expected avx2");
  }

  @Test
  void aRunOrWorkerOfAProfileThatNobodyComputesInIsAUsageError() {
    CommandRun run = CommandRun.in(home, "run", "no-such-file.yaml", "--profile", "avx");
    assertThat(run.exit()).isEqualTo(2);
    assertThat(run.err()).contains("--profile: expected avx2 or native or cuda, found avx");

    CommandRun worker = CommandRun.in(home, "worker", "--profile", "avx");
    assertThat(worker.exit()).isEqualTo(2);
    assertThat(CommandRun.in(home, "worker", "--profile", "cuda").err())
        .contains("--profile: expected avx2 or native, found cuda");
  }

  private static String chosen(String option, String variable) {
    CommandSpec command = new CommandLine(CommandSpec.create()).getCommandSpec();
    return ProfileOption.chosen(
        option, Map.of("AUTOSEED_NUMERIC_PROFILE", variable), "avx2", ProfileOption.ALL, command);
  }
}
