package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.activities.catalog.DataSetRow;
import io.autoseed.learning.dataset.DataSetException;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsReadTest {
  private static final String JANUARY = "1".repeat(64);

  @TempDir Path folder;

  private static TaskDocument task(String name, String digest) {
    FileDocument file = new FileDocument("a.png", "f".repeat(64));
    return new TaskDocument(
        name,
        name,
        digest,
        false,
        List.of(new ClassDocument("a", 0, List.of("a photo"), List.of(file), List.of())));
  }

  @Test
  void aDataSetThatIsKnownIsNotLookedAtAgainThoughItsFolderIsGone() {
    List<DataSetRow> known = List.of(new DataSetRow(JANUARY, "january", 1, "CC0-1.0"));

    assertThat(
            DataSetsRead.of(
                List.of(task("january", JANUARY)),
                known,
                Map.of("january", folder.resolve("removed"))))
        .isEqualTo(known);
  }

  @Test
  void aForkKeepsTheOrderAndTheLicencesOfItsPastUnderItsOwnNames() {
    String february = "2".repeat(64);
    List<DataSetRow> known =
        List.of(
            new DataSetRow(february, "february", 9, "MIT"),
            new DataSetRow("3".repeat(64), "march", 9, "MIT"),
            new DataSetRow(JANUARY, "january", 9, "CC0-1.0"));

    assertThat(
            DataSetsRead.of(
                List.of(task("first", JANUARY), task("second", february)), known, Map.of()))
        .containsExactly(
            new DataSetRow(february, "second", 1, "MIT"),
            new DataSetRow(JANUARY, "first", 1, "CC0-1.0"));
  }

  @Test
  void whatARunReadBeforeItWasAppendedToIsKnownWithoutALookAtIt() {
    List<DataSetRow> known =
        List.of(
            new DataSetRow(JANUARY, "january", 9, "CC0-1.0"),
            new DataSetRow("2".repeat(64), "february", 9, "MIT"));

    assertThat(DataSetsRead.by(List.of(task("january", JANUARY)), known))
        .containsExactly(new DataSetRow(JANUARY, "january", 1, "CC0-1.0"));
    assertThat(DataSetsRead.by(List.of(task("january", JANUARY)), List.of())).isEmpty();
  }

  @Test
  void oneThatIsNewIsOpenedForItsLicence() {
    assertThatThrownBy(
            () ->
                DataSetsRead.of(
                    List.of(task("january", JANUARY)),
                    List.of(),
                    Map.of("january", folder.resolve("removed"))))
        .isInstanceOf(DataSetException.class)
        .hasMessageContaining("removed");
  }
}
