package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autoseed.learning.dataset.DataSetFiles;
import io.autoseed.learning.sequence.SequenceFileTest.NamedStrategy;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every mistake is refused in one line that names file, line and field and says what to do. */
class SequenceMistakesTest {
  /** Line numbers matter: the tests name them. */
  private static final String GOOD =
      """
      name: small
      model: {kind: builtin}
      datasets:
        pets: {path: pets}
      tasks:
        - {dataset: pets, classes: [dog]}
        - {dataset: pets, split: {classes-per-task: 2, order: listed}}
      strategy: {name: auto-seed, seeds-per-class: 4}
      baselines: [er]
      random-seed: 7
      evaluation: {rows: all}
      """;

  private static final List<StrategyFactory> STRATEGIES =
      List.of(
          new NamedStrategy(
              "auto-seed",
              List.of(
                  new Setting.Whole("seeds-per-class", "seeds", 4, 1, 64),
                  new Setting.Real("learning-rate", "step", 0.001, 0, 1))),
          new NamedStrategy("er", List.of()));

  @TempDir Path folder;

  @BeforeEach
  void dataSet() throws IOException {
    DataSetFiles.folder(folder.resolve("pets"), 2, "dog", "cat", "fish");
    DataSetFiles.write(folder.resolve("pets/train/trainonly/1.png"), DataSetFiles.image("t"));
    Files.writeString(
        folder.resolve("pets/meta.json"),
        """
        {"classes": [{"dir": "dog", "text": "dog"}, {"dir": "cat", "text": "cat"},
          {"dir": "fish", "text": "fish"}, {"dir": "trainonly", "text": "no test images"}]}
        """);
  }

  @Test
  void the_file_without_a_mistake_is_accepted() throws IOException {
    String withoutSplit = GOOD.replaceAll("  - .*split.*\n", "");
    Files.writeString(folder.resolve("s.yaml"), withoutSplit);
    assertThat(SequenceFile.read(folder.resolve("s.yaml"), Map.of(), STRATEGIES).tasks())
        .hasSize(1);
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      random-seed: 7                | random-sed: 7               | s.yaml:10: random-sed: unknown key 'random-sed'; did you mean 'random-seed'?
      seeds-per-class: 4            | seed-per-class: 4           | s.yaml:8: strategy.seed-per-class: unknown key 'seed-per-class'; did you mean 'seeds-per-class'?
      seeds-per-class: 4            | seeds-per-class: 0          | s.yaml:8: strategy.seeds-per-class: expected a whole number from 1 to 64, found 0
      seeds-per-class: 4            | learning-rate: fast         | s.yaml:8: strategy.learning-rate: expected a number from 0.0 to 1.0, found fast
      name: auto-seed               | name: auto-sed              | s.yaml:8: strategy.name: there is no strategy 'auto-sed'; did you mean 'auto-seed'?
      path: pets                    | path: pest                  | s.yaml:4: datasets.pets.path: 'pest' does not exist (FOLDER/pest); paths start at the sequence file
      classes: [dog]                | classes: []                 | s.yaml:6: tasks[0].classes: the list is empty; name at least one, or remove the key
      classes: [dog]                | classes: [dog, dog]         | s.yaml:6: tasks[0].classes: 'dog' is listed twice; remove one
      classes: [dog]                | classes: [dgo]              | s.yaml:6: tasks[0].classes: data set 'pets' has no class 'dgo'; did you mean 'dog'?
      split: {classes-per-task: 2, order: listed} | classes: [dog] | s.yaml:7: tasks[1].classes: class 'dog' already belongs to the task at s.yaml:6; remove one
      split: {classes-per-task: 2, order: listed} | classes: [trainonly] | s.yaml:7: tasks[1].classes: class 'trainonly' has no images in its test split; add some or leave it out
      classes-per-task: 2           | classes-per-task: 1000000000 | s.yaml:7: tasks[1].split.classes-per-task: found '1000000000'; write a whole number from 1 to 100000
      order: listed                 | order: random               | s.yaml:7: tasks[1].split.order: found 'random'; write listed or shuffled
      dataset: pets, classes        | dataset: pet, classes       | s.yaml:6: tasks[0].dataset: there is no data set 'pet'; did you mean 'pets'?
      dataset: pets, classes: [dog] | dataset: pets               | s.yaml:6: tasks[0].classes: neither classes nor split given; write one of them
      random-seed: 7                | random-seed: -1             | s.yaml:10: random-seed: found '-1'; write a whole number from 0 to 9007199254740991
      random-seed: 7                | random-seed: 1e3            | s.yaml:10: random-seed: found '1e3'; write a whole number from 0 to 9007199254740991
      rows: all                     | rows: some                  | s.yaml:11: evaluation.rows: found 'some'; write all, {every: N} or {last: K}
      rows: all                     | rows: {every: 0}            | s.yaml:11: evaluation.rows.every: found '0'; write a whole number from 1 to 10000
      rows: all                     | rows: {every: 1, last: 2}   | s.yaml:11: evaluation.rows: found [every, last]; write one of every, last
      baselines: [er]               | baselines: [auto-seed]      | s.yaml:9: baselines: 'auto-seed' is the strategy itself; remove it
      baselines: [er]               | baselines: er               | s.yaml:9: baselines: found 'er'; write a list, as in [a, b]
      kind: builtin                 | kind: clip, path: vit       | s.yaml:2: model.kind: CLIP checkpoints are not supported yet; write builtin
      name: small                   | name: ../small              | s.yaml:1: name: found '../small'; use up to 64 letters, digits, dots, dashes and underscores
      name: small                   | title: small                | s.yaml:1: title: unknown key 'title'; choose from name, model, datasets, tasks, strategy, baselines, random-seed, label-noise, evaluation
      name: small                   | ''                          | s.yaml:2: name: missing; add it, for example name: quickstart
      name: small                   | name: [small]               | s.yaml:1: name: found a list; write a text
      path: pets                    | path: pets, digest: 00      | s.yaml:4: datasets.pets.digest: the data set has the digest DIGEST, not 00; restore its files, or pin the new digest
      path: pets                    | path: pets, templates: [a]  | s.yaml:4: datasets.pets.templates: 'a' has not exactly one {} for the class's text; add it
      path: pets                    | path: pets, train: trian    | s.yaml:4: datasets.pets.path: FOLDER/pets has no folder 'trian' for the train split, only [test, train]; name the folder with train:
      path: pets                    | path: pets, domain: x       | s.yaml:4: datasets.pets.path: FOLDER/pets holds images, which have no domains; remove domain:
      path: pets                    | path: pets, texts: {cow: c} | s.yaml:4: datasets.pets.path: FOLDER/pets has no class 'cow'; correct texts:
      random-seed: 7                | name: again                 | s.yaml:10: name: given twice, first at s.yaml:1; keep one
      random-seed: 7                | 'random-seed: "7"'          | s.yaml:10: random-seed: found '7'; write a whole number from 0 to 9007199254740991
      random-seed: 7                | random-seed: {              | s.yaml:12: not YAML: expected ',' or '}', but got <stream end> in what begins on line 10; mend the text there
      name: small                   | name: &a small              | s.yaml:1: found the anchor &a; remove it
      name: small                   | name: *a                    | s.yaml:1: found the alias *a; write the value out instead
      name: small                   | name: !!java.net.URL [x]    | s.yaml:1: found the tag tag:yaml.org,2002:java.net.URL; remove it
      """)
  void a_mistake_is_named_in_one_line(String good, String bad, String expected) throws IOException {
    assertThat(GOOD).contains(good);
    String found = refusal(GOOD.replace(good, bad));

    assertThat(found.replaceAll("digest [0-9a-f]{64}", "digest DIGEST")).isEqualTo(expected);
  }

  @Test
  void a_class_without_a_text_is_refused() throws IOException {
    Files.delete(folder.resolve("pets/meta.json"));

    assertThat(refusal(GOOD))
        .isEqualTo(
            "s.yaml:4: datasets.pets.path: FOLDER/pets: class 'cat' has no text; add it to"
                + " meta.json or to texts: in the sequence file");
  }

  @Test
  void a_split_that_no_class_is_left_for_is_refused() throws IOException {
    assertThat(refusal(GOOD.replace("[dog]", "[dog, cat, fish, trainonly]")))
        .contains("class 'trainonly' has no images");
    Files.delete(folder.resolve("pets/train/trainonly/1.png"));
    Files.delete(folder.resolve("pets/train/trainonly"));
    assertThat(refusal(GOOD.replace("[dog]", "[dog, cat, fish]")))
        .isEqualTo(
            "s.yaml:7: tasks[1].split: no class of 'pets' is left for it; remove it or name fewer"
                + " classes");
  }

  @Test
  void a_missing_or_empty_file_and_a_folder_are_refused() throws IOException {
    assertThatThrownBy(() -> SequenceFile.read(folder.resolve("none.yaml"), Map.of(), STRATEGIES))
        .isInstanceOf(SequenceException.class)
        .hasMessage(folder.resolve("none.yaml") + ": no such file; correct the path");
    assertThatThrownBy(() -> SequenceFile.read(folder, Map.of(), STRATEGIES))
        .isInstanceOf(SequenceException.class)
        .hasMessage(folder + ": is a folder; name a YAML file in it");
    assertThat(refusal("")).isEqualTo("s.yaml:1: the file is empty; write a sequence in it");
    assertThat(refusal("# nothing\n"))
        .isEqualTo("s.yaml:1: the file is empty; write a sequence in it");
    assertThat(refusal("- a\n")).isEqualTo("s.yaml:1: found a list; write keys with values");
    assertThat(refusal(GOOD + "---\nname: b\n"))
        .isEqualTo("s.yaml:12: a second document starts here; keep one sequence a file");
  }

  @Test
  void a_billion_laughs_are_refused_at_the_first() throws IOException {
    StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(refusal(bomb.toString())).isEqualTo("s.yaml:1: found the anchor &a0; remove it");
  }

  @Test
  void a_file_nested_without_end_is_refused() throws IOException {
    assertThat(refusal("name: " + "[".repeat(100_000)))
        .isEqualTo("s.yaml:1: more than 16 levels deep; remove some");
    assertThat(refusal("name: " + "{a: ".repeat(100_000)))
        .isEqualTo("s.yaml:1: more than 16 levels deep; remove some");
  }

  @Test
  void a_file_that_is_too_large_or_no_text_is_refused() throws IOException {
    Path file = folder.resolve("s.yaml");
    Files.write(file, new byte[SequenceLimits.FILE_BYTES + 1]);
    assertThatThrownBy(() -> SequenceFile.read(file, Map.of(), STRATEGIES))
        .hasMessage(file + ":1: 16777217 bytes; a sequence file has at most 16777216");
    Files.write(file, "name: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SequenceFile.read(file, Map.of(), STRATEGIES))
        .hasMessage(file + ":1: not UTF-8 text; save the file as UTF-8");
  }

  @Test
  void what_a_terminal_would_obey_is_taken_out_of_messages() throws IOException {
    assertThat(refusal(GOOD.replace("[dog]", "[\"\\e[2Jdog\"]")))
        .startsWith("s.yaml:6: tasks[0].classes: data set 'pets' has no class '?[2Jdog'");
  }

  @Test
  void two_mistakes_are_met_one_after_the_other() throws IOException {
    String broken = GOOD.replace("random-seed", "random-sed").replace("rows: all", "rows: none");
    String first = refusal(broken);
    String second = refusal(broken.replace("random-sed", "random-seed"));

    assertThat(first).startsWith("s.yaml:10: random-sed:");
    assertThat(second).startsWith("s.yaml:11: evaluation.rows:");
  }

  /** The message of the refusal, with the temporary folder's name taken out. */
  private String refusal(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("s.yaml"), yaml);
    Throwable thrown = catchThrowable(() -> SequenceFile.read(file, Map.of(), STRATEGIES));
    assertThat(thrown).as("a refusal").isInstanceOf(SequenceException.class);
    assertThat(thrown.getMessage()).doesNotContain("\n");
    return thrown
        .getMessage()
        .replace(folder + "/s.yaml", "s.yaml")
        .replace(folder.toString(), "FOLDER");
  }
}
