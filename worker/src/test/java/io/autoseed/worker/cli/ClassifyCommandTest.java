package io.autoseed.worker.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.phase.Prediction;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassifyCommandTest {
  private static final String WHY = "A nearest seed may be of another class";

  @Test
  void aNearestSeedOfAnotherClassIsExplained() {
    assertThat(text("coat"))
        .contains("s-1 of coat 0.81")
        .contains(WHY)
        .contains("classifier scores highest")
        .contains("highest cosine to the image");
  }

  @Test
  void aNearestSeedOfThePredictedClassNeedsNoWord() {
    assertThat(text("dress")).contains("s-1 of dress 0.81").doesNotContain(WHY);
  }

  private static String text(String seedClass) {
    Prediction made =
        new Prediction(
            "p-1",
            "0".repeat(64),
            List.of(new Prediction.Scored("dress", 0.9), new Prediction.Scored("coat", 0.1)),
            List.of(new Prediction.NearSeed("s-1", seedClass, 0.81)));
    return ClassifyCommand.text(
        new ClassifyCommand.Document(
            "calm-1",
            3,
            "1".repeat(64),
            List.of(ClassifyCommand.Classified.of(Path.of("a.png"), made))));
  }
}
