package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.study.StudyEstimate;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HourLimitTest {
  private static Optional<String> refusal(double hours, String... unknown) {
    return HourLimit.refusal(
        new StudyEstimate(8, hours, 0, Set.of(unknown)), 2, Path.of("grid.yaml"));
  }

  @Test
  void aStudyWithinItsLimitIsStarted() {
    assertThat(refusal(2)).isEmpty();
  }

  @Test
  void aLongerOneIsRefusedWithItsEstimate() {
    assertThat(refusal(2.5)).hasValueSatisfying(why -> assertThat(why).contains("2.5 h", "2.0"));
  }

  @Test
  void oneThatNothingIsKnownOfIsRefusedWithTheWayToAnEstimate() {
    assertThat(refusal(0.5, "slda", "er"))
        .hasValue(
            "--max-hours: no earlier run on this data says how long er, slda will take: run one"
                + " class order first, autoseed study grid.yaml --first-orders 1, then ask again");
  }
}
