package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.audit.CatalogRebuild.Rebuilt;
import io.autoseed.activities.audit.Difference;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogRebuildCommandTest {
  private static final Difference DIFFERENCE = new Difference("runs/a/run.json", "x", "y");

  @Test
  void withoutForceADifferenceIsShownAndNothingIsSaidToBeWhole() {
    Rebuilt refused = new Rebuilt(null, List.of(), 3, List.of(), List.of(DIFFERENCE));

    assertThat(CatalogRebuildCommand.text(refused, false))
        .contains("nothing was changed", "--force", "runs/a/run.json")
        .doesNotContain("nothing was missing");
  }

  @Test
  void whatWasLeftOutIsListed() {
    Rebuilt rebuilt = new Rebuilt(2, List.of("b"), 3, List.of("half"), List.of(DIFFERENCE));

    assertThat(CatalogRebuildCommand.text(rebuilt, true))
        .contains("rebuilt b", "1 run rebuilt, 3 there", "left out half", "left as it is: ");
  }

  @Test
  void exitCodesFollowTheDifferences() {
    assertThat(
            CatalogRebuildCommand.exitCode(new Rebuilt(2, List.of("b"), 3, List.of(), List.of())))
        .isEqualTo(ExitCode.DONE);
    assertThat(
            CatalogRebuildCommand.exitCode(
                new Rebuilt(2, List.of("b"), 3, List.of(), List.of(DIFFERENCE))))
        .isEqualTo(ExitCode.DIFFERENCE);
  }
}
