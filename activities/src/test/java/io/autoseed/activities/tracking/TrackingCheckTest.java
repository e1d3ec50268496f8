package io.autoseed.activities.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.tracking.TrackingCheck.Content;
import io.autoseed.activities.tracking.TrackingCheck.Point;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrackingCheckTest {
  private static final Point AVERAGE = new Point("run", "avg", 0);

  private final Content expected = content();
  private final Content found = content();

  private static Content content() {
    return new Content(
        new TreeMap<>(Map.of("run", 1, "run/0", 1)),
        new TreeMap<>(
            Map.of(
                AVERAGE,
                List.of(0.5),
                new Point("run/0", "publish/avg", 0),
                List.of(0.5),
                new Point("run", "final/avg", 0),
                List.of(0.5))));
  }

  private List<String> differences() {
    return TrackingCheck.differences(expected, found);
  }

  @Test
  void whatTheManifestsSayAndNothingElseIsNoDifference() {
    assertThat(differences()).isEmpty();
  }

  @Test
  void aSecondMlflowRunForAKeyIsADifference() {
    found.runs().put("run/0", 2);

    assertThat(differences()).containsExactly("MLflow has 2 runs for run/0, expected 1");
  }

  @Test
  void aRunThatMlflowWasNotToldIsADifference() {
    found.runs().remove("run/0");

    assertThat(differences()).containsExactly("MLflow has 0 runs for run/0, expected 1");
  }

  @Test
  void aSecondPointOfAStepIsADifferenceThoughItsValueIsTheSame() {
    found.points().put(AVERAGE, List.of(0.5, 0.5));

    assertThat(differences())
        .containsExactly("MLflow has avg at step 0 of run as [0.5, 0.5], expected [0.5]");
  }

  @Test
  void anotherValueIsADifference() {
    found.points().put(AVERAGE, List.of(0.25));

    assertThat(differences())
        .containsExactly("MLflow has avg at step 0 of run as [0.25], expected [0.5]");
  }

  @Test
  void aZeroWithoutItsSignIsNoDifference() {
    expected.points().put(AVERAGE, List.of(-0.0));
    found.points().put(AVERAGE, List.of(0.0));

    assertThat(differences()).isEmpty();
  }

  @Test
  void aPointThatIsMissingOrThatNoManifestSaysIsADifference() {
    found.points().remove(AVERAGE);
    found.points().put(new Point("run", "avg", 7), List.of(0.5));

    assertThat(differences())
        .containsExactly(
            "MLflow has avg at step 0 of run as [], expected [0.5]",
            "MLflow has avg at step 7 of run, which no manifest says");
  }
}
