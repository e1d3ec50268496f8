package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.autoseed.learning.dataset.DataSetFiles;
import io.autoseed.learning.sequence.SequenceDocument.EvaluationRows;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.strategy.StrategyFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequenceFileTest {
  private static final String FILE =
      """
      name: small
      model: {kind: builtin}
      datasets:
        pets: {path: data/pets}
        toys: {path: data/toys}
      tasks:
        - {dataset: pets, classes: [dog, cat], train-per-class: 2}
        - {dataset: toys, split: {classes-per-task: 2}}
      strategy: {name: auto-seed, seeds-per-class: 4}
      baselines: [er]
      random-seed: 7
      """;

  private static final List<StrategyFactory> STRATEGIES =
      List.of(
          new NamedStrategy(
              "auto-seed",
              List.of(
                  new Setting.Whole("seeds-per-class", "seeds", 4, 1, 64),
                  new Setting.Real("learning-rate", "step", 0.001, 0, 1),
                  new Setting.Choice("replay", "which", "generated", List.of("generated", "none")),
                  new Setting.Flag("prune", "drops seeds", true))),
          new NamedStrategy("er", List.of()));

  @TempDir Path folder;

  @BeforeEach
  void dataSets() throws IOException {
    DataSetFiles.folder(folder.resolve("data/pets"), 3, "cat", "dog", "fish");
    DataSetFiles.folder(folder.resolve("data/toys"), 3, "ball", "kite", "doll", "drum", "top");
  }

  @Test
  void resolves_tasks_in_order_with_classes_numbered_through_the_sequence() throws IOException {
    ResolvedSequence sequence = read(FILE, Map.of());

    assertThat(sequence.tasks().stream().map(TaskDocument::name))
        .containsExactly("pets-1", "toys-1", "toys-2", "toys-3");
    assertThat(classNames(sequence))
        .containsExactly("dog", "cat", "ball", "kite", "doll", "drum", "top");
    assertThat(
            sequence.tasks().stream()
                .flatMap(task -> task.classes().stream())
                .map(TaskDocument.ClassDocument::number))
        .containsExactly(0, 1, 2, 3, 4, 5, 6);
    assertThat(sequence.tasks().get(0).classes().get(0).texts())
        .containsExactly("a photo of a dog.");
    assertThat(sequence.baselines()).containsExactly("er");
    assertThat(sequence.datasetRoots().get("toys")).isEqualTo(folder.resolve("data/toys"));
  }

  @Test
  void the_document_names_each_task_by_its_digest_and_completes_the_settings() throws IOException {
    ResolvedSequence sequence = read(FILE, Map.of());

    assertThat(sequence.document().tasks())
        .containsExactlyElementsOf(sequence.tasks().stream().map(CanonicalJson::digest).toList());
    assertThat(sequence.document().settings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "seeds-per-class",
                4,
                "learning-rate",
                0.001,
                "replay",
                "generated",
                "prune",
                true));
    assertThat(sequence.document().randomSeed()).isEqualTo(7);
    SequenceDocument again =
        CanonicalJson.read(CanonicalJson.bytes(sequence.document()), SequenceDocument.class);
    assertThat(again).isEqualTo(sequence.document());
    TaskDocument task = sequence.tasks().get(1);
    assertThat(CanonicalJson.read(CanonicalJson.bytes(task), TaskDocument.class)).isEqualTo(task);
  }

  @Test
  void a_sequence_that_an_older_build_stored_keeps_its_digest() throws IOException {
    SequenceDocument now = read(FILE, Map.of()).document();
    String stored =
        new String(CanonicalJson.bytes(now), StandardCharsets.UTF_8)
            .replace(",\"strategyVersion\":1", "");

    SequenceDocument read =
        CanonicalJson.read(stored.getBytes(StandardCharsets.UTF_8), SequenceDocument.class);

    assertThat(now.strategyVersion()).isEqualTo(1);
    assertThat(read.strategyVersion()).isNull();
    assertThat(new String(CanonicalJson.bytes(read), StandardCharsets.UTF_8)).isEqualTo(stored);
  }

  @Test
  void label_noise_changes_training_files_and_is_part_of_the_document() throws IOException {
    ResolvedSequence right = read(FILE, Map.of());
    ResolvedSequence wrong = read(FILE + "label-noise: 0.5\n", Map.of());

    assertThat(wrong.document().labelNoise()).isEqualTo(0.5);
    assertThat(wrong.tasks()).isEqualTo(new LabelNoise(0.5, 7).in(right.tasks(), 0));
    assertThat(wrong.tasks()).isNotEqualTo(right.tasks());
    assertThat(wrong.document().tasks())
        .containsExactlyElementsOf(wrong.tasks().stream().map(CanonicalJson::digest).toList());
    SequenceDocument stored =
        CanonicalJson.read(CanonicalJson.bytes(wrong.document()), SequenceDocument.class);
    assertThat(stored).isEqualTo(wrong.document());
  }

  @Test
  void without_label_noise_the_document_is_that_of_builds_that_had_none() throws IOException {
    ResolvedSequence none = read(FILE + "label-noise: 0\n", Map.of());

    assertThat(none).isEqualTo(read(FILE, Map.of()));
    assertThat(new String(CanonicalJson.bytes(none.document()), StandardCharsets.UTF_8))
        .doesNotContain("labelNoise");
  }

  @Test
  void a_cap_keeps_the_files_with_the_smallest_digests() throws IOException {
    ResolvedSequence capped = read(FILE, Map.of());
    ResolvedSequence whole = read(FILE.replace(", train-per-class: 2", ""), Map.of());

    assertThat(capped.tasks().get(0).classes().get(0).train())
        .isEqualTo(whole.tasks().get(0).classes().get(0).train().subList(0, 2));
    assertThat(whole.tasks().get(0).classes().get(0).train())
        .extracting(TaskDocument.FileDocument::sha256)
        .isSorted()
        .hasSize(3);
  }

  @Test
  void a_shuffled_split_depends_on_the_random_seed_alone() throws IOException {
    String shuffled = FILE.replace("classes-per-task: 2", "classes-per-task: 2, order: shuffled");
    Set<List<String>> orders = new HashSet<>();
    for (int seed = 0; seed < 10; seed++) {
      ResolvedSequence sequence = read(shuffled, Map.of("random-seed", "" + seed));
      assertThat(read(shuffled, Map.of("random-seed", "" + seed))).isEqualTo(sequence);
      assertThat(classNames(sequence))
          .containsExactlyInAnyOrder("dog", "cat", "ball", "kite", "doll", "drum", "top");
      orders.add(classNames(sequence));
    }
    assertThat(orders).hasSizeGreaterThan(5);
  }

  @Test
  void a_limited_split_leaves_the_rest_to_the_next_one() throws IOException {
    ResolvedSequence sequence =
        read(
            FILE.replace(
                "  - {dataset: toys, split: {classes-per-task: 2}}",
                """
                  - {dataset: toys, name: early, split: {classes-per-task: 3, limit: 3}}
                  - {dataset: toys, name: late, split: {classes-per-task: 9}}
                """
                    .stripTrailing()),
            Map.of());

    assertThat(sequence.tasks().stream().map(TaskDocument::name))
        .containsExactly("pets-1", "early-1", "late-1");
    assertThat(sequence.tasks().get(2).classes())
        .extracting(TaskDocument.ClassDocument::name)
        .containsExactly("drum", "top");
  }

  @Test
  void overrides_replace_what_the_file_says() throws IOException {
    ResolvedSequence sequence =
        read(
            FILE,
            Map.of(
                "strategy.seeds-per-class", "2",
                "random-seed", "11",
                "tasks.0.classes", "[fish]",
                "evaluation.rows", "last: 2"));

    assertThat(sequence.document().settings()).containsEntry("seeds-per-class", 2);
    assertThat(sequence.document().randomSeed()).isEqualTo(11);
    assertThat(classNames(sequence).get(0)).isEqualTo("fish");
    assertThat(sequence.document().evaluation())
        .isEqualTo(new EvaluationRows(EvaluationRows.Kind.LAST, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      strategy.seed-per-class | 2       | unknown key 'seed-per-class'; did you mean 'seeds-per-class'?
      name                    | ../x    | found '../x'; use up to 64 letters, digits, dots, dashes and underscores
      random-seed             | many    | found 'many'; write a whole number from 0 to 9007199254740991
      label-noise             | 1       | found '1'; write a number from 0 to below 1, such as 0.2
      tasks.9.name            | x       | is a list of 2, and '9' is no place in it; write a number from 0 to 1
      random-seed.low         | 1       | is the single value '7' in the file; set the key itself
      """)
  void an_override_at_fault_is_named(String key, String value, String problem) {
    assertThatThrownBy(() -> read(FILE, Map.of(key, value)))
        .isInstanceOf(SequenceException.class)
        .hasMessageStartingWith("--set " + key + "=" + value + ": ")
        .hasMessageEndingWith(problem);
  }

  @Test
  void the_data_set_s_own_texts_give_way_to_those_of_the_sequence_file() throws IOException {
    ResolvedSequence sequence =
        read(
            FILE.replace(
                "pets: {path: data/pets}",
                "pets: {path: data/pets, texts: {dog: [a puppy, a hound]}, templates: ['see {}']}"),
            Map.of());

    assertThat(sequence.tasks().get(0).classes().get(0).texts())
        .containsExactly("see a puppy", "see a hound");
    assertThat(sequence.tasks().get(0).classes().get(1).texts()).containsExactly("see a cat");
  }

  @Test
  void a_pinned_digest_must_be_the_data_set_s() throws IOException {
    String digest = read(FILE, Map.of()).tasks().get(0).datasetDigest();

    assertThat(read(FILE, Map.of("datasets.pets.digest", digest)).tasks()).isNotEmpty();
    DataSetFiles.write(
        folder.resolve("data/pets/train/fish/new.png"), DataSetFiles.image("one more"));
    assertThatThrownBy(() -> read(FILE, Map.of("datasets.pets.digest", digest)))
        .hasMessageContaining("not " + digest + "; restore its files, or pin the new digest");
  }

  @Test
  void an_edit_of_name_or_baselines_leaves_the_tasks_digests_alone() throws IOException {
    ResolvedSequence one = read(FILE, Map.of());
    ResolvedSequence two = read(FILE, Map.of("name", "other", "baselines", "[er]"));

    assertThat(two.document().tasks()).isEqualTo(one.document().tasks());
    assertThat(two.digest()).isNotEqualTo(one.digest());
  }

  @Test
  void a_revision_names_its_parent_and_is_otherwise_the_same() throws IOException {
    ResolvedSequence one = read(FILE, Map.of());
    ResolvedSequence next = one.withParent(one.digest());

    assertThat(next.document().parent()).isEqualTo(one.digest());
    assertThat(next.document().tasks()).isEqualTo(one.document().tasks());
    assertThat(next.digest()).isNotEqualTo(one.digest());
    assertThat(next.withParent(null)).isEqualTo(one);
  }

  private ResolvedSequence read(String yaml, Map<String, String> overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("sequence.yaml"), yaml);
    return SequenceFile.read(file, overrides, STRATEGIES);
  }

  private static List<String> classNames(ResolvedSequence sequence) {
    return sequence.tasks().stream()
        .flatMap(task -> task.classes().stream())
        .map(TaskDocument.ClassDocument::name)
        .toList();
  }

  record NamedStrategy(String name, int version, List<Setting> settings)
      implements StrategyFactory {
    NamedStrategy(String name, List<Setting> settings) {
      this(name, 1, settings);
    }

    @Override
    public int version(Map<String, Object> values) {
      return version;
    }

    @Override
    public String summary() {
      return "for tests";
    }

    @Override
    public String source() {
      return "none";
    }

    @Override
    public Strategy create(Map<String, Object> settings, Device device) {
      throw new UnsupportedOperationException("a sequence file creates no strategy");
    }
  }
}
