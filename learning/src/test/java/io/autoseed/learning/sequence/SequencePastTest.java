package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.dataset.DataSetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequence files that go on from a run, whether they repeat its tasks or not. */
class SequencePastTest {
  private static final String JANUARY =
      """
      name: months
      datasets:
        pets: {path: data/pets}
        toys: {path: data/toys}
      tasks:
        - {dataset: pets, classes: [dog, cat]}
        - {dataset: toys, classes: [ball, kite]}
      strategy: {name: er, features-per-class: 3}
      random-seed: 7
      evaluation: {rows: {every: 2}}
      """;

  private static final String FEBRUARY =
      """
      datasets:
        toys: {path: data/toys}
      tasks:
        - {dataset: toys, split: {classes-per-task: 2}}
      """;

  @TempDir Path folder;
  private ResolvedSequence january;
  private SequencePast past;

  @BeforeEach
  void learnJanuary() throws IOException {
    DataSetFiles.folder(folder.resolve("data/pets"), 3, "cat", "dog", "fish");
    DataSetFiles.folder(folder.resolve("data/toys"), 3, "ball", "kite", "doll", "drum", "top");
    january = SequenceFile.read(file("january", JANUARY), Map.of());
    past = past(2);
  }

  @Test
  void newTasksFollowTheOldOnesAndTakeTheClassesThatAreLeft() throws IOException {
    ResolvedSequence both = after(FEBRUARY);

    assertThat(both.tasks().subList(0, 2)).isEqualTo(january.tasks());
    assertThat(both.tasks().stream().map(TaskDocument::name))
        .containsExactly("pets-1", "toys-1", "toys-2", "toys-3");
    assertThat(both.tasks().get(2).classes().stream().map(TaskDocument.ClassDocument::name))
        .containsExactly("doll", "drum");
    assertThat(both.tasks().get(3).classes().get(0).number()).isEqualTo(6);
    assertThat(both.datasetRoots().get("pets")).isEqualTo(folder.resolve("data/pets"));
  }

  @Test
  void whatTheFileLeavesOutIsAsItWas() throws IOException {
    SequenceDocument document = after(FEBRUARY).document();

    assertThat(document.name()).isEqualTo("months");
    assertThat(document.strategy()).isEqualTo("er");
    assertThat(document.settings()).isEqualTo(january.document().settings());
    assertThat(document.randomSeed()).isEqualTo(7);
    assertThat(document.evaluation()).isEqualTo(january.document().evaluation());
  }

  @Test
  void aSettingThatTheRunsBuildDidNotHaveGetsItsDefault() throws IOException {
    SequenceDocument before = january.document();
    SortedMap<String, Object> stored = new TreeMap<>(before.settings());
    stored.keySet().retainAll(List.of("features-per-class"));
    past =
        new SequencePast(
            "months-1",
            january.withStrategy("er", stored).document(),
            january.tasks(),
            january.datasetRoots());

    assertThat(after(FEBRUARY).document().settings()).isEqualTo(before.settings());
  }

  @Test
  void aSettingThatThisBuildRefusesIsNamedWithItsRun() {
    SortedMap<String, Object> stored = new TreeMap<>(Map.of("features-per-class", -1));
    past =
        new SequencePast(
            "months-1",
            january.withStrategy("er", stored).document(),
            january.tasks(),
            january.datasetRoots());

    assertThatThrownBy(() -> after(FEBRUARY))
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining("run months-1: strategy: features-per-class: expected");
  }

  @Test
  void aFileThatBeginsWithTheOldTasksIsTakenAsItIs() throws IOException {
    String longer = JANUARY.replace("strategy:", "  - {dataset: pets, classes: [fish]}\nstrategy:");

    ResolvedSequence both = after(longer);

    assertThat(both).isEqualTo(SequenceFile.read(file("longer", longer), Map.of()));
    assertThat(both.tasks()).hasSize(3);
  }

  @Test
  void aRunWithLabelNoiseGoesOnWithItWhetherTheFileRepeatsItsTasksOrNot() throws IOException {
    String noisy = JANUARY + "label-noise: 0.5\n";
    january = SequenceFile.read(file("january", noisy), Map.of());
    past = past(2);
    String longer = noisy.replace("strategy:", "  - {dataset: pets, classes: [fish]}\nstrategy:");

    ResolvedSequence both = after(FEBRUARY);

    assertThat(both.document().labelNoise()).isEqualTo(0.5);
    assertThat(both.tasks().subList(0, 2)).isEqualTo(january.tasks());
    assertThat(both.tasks()).isNotEqualTo(after(FEBRUARY + "label-noise: 0\n").tasks());
    assertThat(after(longer)).isEqualTo(SequenceFile.read(file("longer", longer), Map.of()));
  }

  @Test
  void aForkAfterTheFirstTaskMayLearnOtherClassesNext() throws IOException {
    past = past(1);

    assertThat(after(FEBRUARY).tasks().get(1).classes().get(0).name()).isEqualTo("ball");
    assertThat(after(FEBRUARY).tasks().get(1).classes().get(0).number()).isEqualTo(2);
  }

  @Test
  void aClassThatWasLearnedBeforeIsRefusedWithItsTask() {
    String again = FEBRUARY.replace("split: {classes-per-task: 2}", "classes: [doll, kite]");

    assertThatThrownBy(() -> after(again))
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining(
            "tasks[0].classes: class 'kite' already belongs to the task at toys-1")
        .hasMessageContaining("run months-1");
  }

  @Test
  void anotherDataSetUnderAKnownNameIsRefused() throws IOException {
    DataSetFiles.folder(folder.resolve("data/more"), 3, "train", "bus");

    assertThatThrownBy(() -> after(FEBRUARY.replace("data/toys", "data/more")))
        .isInstanceOf(SequenceException.class)
        .hasMessageContaining("datasets.toys: run months-1 has another data set of that name")
        .hasMessageContaining("rename this one");
  }

  private SequencePast past(int tasks) {
    return new SequencePast(
        "months-1", january.document(), january.tasks().subList(0, tasks), january.datasetRoots());
  }

  private ResolvedSequence after(String yaml) throws IOException {
    return SequenceFile.readAfter(past, file("next", yaml), Map.of());
  }

  private Path file(String name, String yaml) throws IOException {
    return Files.writeString(folder.resolve(name + ".yaml"), yaml);
  }
}
