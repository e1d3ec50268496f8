package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.autoseed.learning.dataset.DataSetFiles;
import io.autoseed.learning.sequence.SequenceFileTest.NamedStrategy;
import io.autoseed.learning.sequence.StudyDocument.Member;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudyFileTest {
  private static final String BASE =
      """
      name: base
      datasets:
        pets: {path: pets}
      tasks:
        - {dataset: pets, split: {classes-per-task: 2}}
      strategy: {name: er}
      baselines: [auto-seed]
      random-seed: 7
      """;

  /** Line numbers matter: the tests name them. */
  private static final String GOOD =
      """
      name: grid
      sequence: base.yaml
      strategies:
        - {name: er, random-seeds: [5]}
        - {name: auto-seed}
        - {name: auto-seed, label: more, seeds-per-class: 8}
      orders: [4, 2]
      random-seeds: [5, 6]
      reference: auto-seed
      tuning-orders: [5000]
      overrides: {tasks.0.train-per-class: 1}
      """;

  private static final List<StrategyFactory> STRATEGIES =
      List.of(
          new NamedStrategy(
              "auto-seed", List.of(new Setting.Whole("seeds-per-class", "seeds", 4, 1, 64))),
          new NamedStrategy("er", List.of()));

  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    DataSetFiles.folder(folder.resolve("pets"), 2, "dog", "cat", "fish", "bird");
    Files.writeString(folder.resolve("base.yaml"), BASE);
  }

  private ResolvedStudy read(String yaml, Map<String, String> overrides) throws IOException {
    Files.writeString(folder.resolve("s.yaml"), yaml);
    return StudyFile.read(folder.resolve("s.yaml"), overrides, STRATEGIES);
  }

  @Test
  void the_grid_goes_order_by_order_with_every_strategy_once_before_a_second_random_seed()
      throws IOException {
    ResolvedStudy study = read(GOOD, Map.of());

    assertThat(study.document().members())
        .extracting(Member::name)
        .containsExactly(
            "er-o4-s5",
            "auto-seed-o4-s5",
            "more-o4-s5",
            "auto-seed-o4-s6",
            "more-o4-s6",
            "er-o2-s5",
            "auto-seed-o2-s5",
            "more-o2-s5",
            "auto-seed-o2-s6",
            "more-o2-s6");
    assertThat(study.document().membersOfFirst(1)).isEqualTo(5);
    assertThat(study.document().membersOfFirst(9)).isEqualTo(10);
    assertThat(study.document().seedsPerOrder())
        .isEqualTo(Map.of("er", 1, "auto-seed", 2, "more", 2));
  }

  @Test
  void every_member_learns_the_base_sequence_in_its_order_with_its_strategy_and_seed()
      throws IOException {
    ResolvedStudy study = read(GOOD, Map.of());
    ResolvedSequence base = SequenceFile.read(folder.resolve("base.yaml"), Map.of(), STRATEGIES);

    Member more = study.document().members().get(9);
    ResolvedSequence learned = study.sequences().get(more.sequence());

    assertThat(more.name()).isEqualTo("more-o2-s6");
    assertThat(learned.digest()).isEqualTo(more.sequence());
    assertThat(learned.document().name()).isEqualTo("grid");
    assertThat(learned.document().randomSeed()).isEqualTo(6);
    assertThat(learned.document().settings()).containsEntry("seeds-per-class", 8);
    assertThat(learned.baselines()).isEmpty();
    assertThat(learned.datasetRoots()).isEqualTo(base.datasetRoots());
    assertThat(learned.tasks())
        .allSatisfy(task -> assertThat(task.classes().get(0).train()).hasSize(1));
    assertThat(
            learned.tasks().stream()
                .flatMap(task -> task.classes().stream().map(one -> one.name()))
                .toList())
        .isEqualTo(
            ClassOrder.of(base.tasks(), 2).stream()
                .flatMap(task -> task.classes().stream().map(one -> one.name()))
                .toList());
  }

  @Test
  void label_noise_stays_within_the_tasks_of_an_order_and_is_the_same_for_all_its_runs()
      throws IOException {
    String override = "tasks.0.train-per-class: 1";
    ResolvedStudy noisy = read(GOOD.replace(override, "label-noise: 0.5"), Map.of());
    ResolvedStudy right = read(GOOD.replace(override, "evaluation.rows: all"), Map.of());

    for (int m = 0; m < right.document().members().size(); m++) {
      ResolvedSequence learned =
          noisy.sequences().get(noisy.document().members().get(m).sequence());
      ResolvedSequence clean = right.sequences().get(right.document().members().get(m).sequence());
      assertThat(learned.document().labelNoise()).isEqualTo(0.5);
      assertThat(learned.tasks())
          .isNotEqualTo(clean.tasks())
          .isEqualTo(new LabelNoise(0.5, 7).in(clean.tasks(), 0));
    }
  }

  @Test
  void what_is_left_out_has_its_default() throws IOException {
    StudyDocument study =
        read(
                """
                name: g
                sequence: base.yaml
                strategies: [{name: er}, {name: auto-seed}]
                orders: 2
                """,
                Map.of("orders", "3"))
            .document();

    assertThat(study.orders()).containsExactly(0L, 1L, 2L);
    assertThat(study.reference()).isEqualTo("auto-seed");
    assertThat(study.strategies().get(0).randomSeeds()).containsExactly(7L);
    assertThat(study.tuningOrders()).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      {name: er}, {name: auto-seed, label: ours}, {name: auto-seed, label: more}     | ours
      {name: er}, {name: auto-seed, label: ours}, {name: auto-seed}                  | auto-seed
      {name: er, label: auto-seed}, {name: auto-seed, label: ours}                   | ours
      {name: er, label: first}, {name: er}                                           | first
      """)
  void without_a_reference_it_is_the_strategy_auto_seed_whatever_its_label(
      String strategies, String reference) throws IOException {
    String file = "name: g\nsequence: base.yaml\nstrategies: [%s]\norders: 2\n";

    assertThat(read(file.formatted(strategies), Map.of()).document().reference())
        .isEqualTo(reference);
  }

  @Test
  void a_screening_has_the_tuning_orders_alone_and_no_run_of_the_study() throws IOException {
    StudyDocument study = read(GOOD, Map.of()).document();

    StudyDocument screening =
        StudyFile.read(folder.resolve("s.yaml"), Map.of(), STRATEGIES, true).document();

    assertThat(screening.name()).isEqualTo("grid-screening");
    assertThat(screening.orders()).containsExactly(5000L);
    assertThat(screening.tuningOrders()).containsExactly(5000L);
    assertThat(screening.members()).hasSize(5).allMatch(member -> member.order() == 5000);
    assertThat(screening.members())
        .extracting(Member::sequence)
        .doesNotContainAnyElementsOf(study.members().stream().map(Member::sequence).toList());
    assertThat(screening.strategies()).isEqualTo(study.strategies());
  }

  @Test
  void a_screening_without_tuning_orders_says_what_to_add() throws IOException {
    Files.writeString(folder.resolve("s.yaml"), GOOD.replace("tuning-orders: [5000]\n", ""));

    assertThatThrownBy(() -> StudyFile.read(folder.resolve("s.yaml"), Map.of(), STRATEGIES, true))
        .hasMessageEndingWith(
            "tuning-orders: missing; add it, for example tuning-orders: [100, 101]");
  }

  @Test
  void the_digest_is_that_of_the_content() throws IOException {
    String digest = read(GOOD, Map.of()).digest();

    assertThat(read(GOOD.replace("name: grid", "name: grid # again"), Map.of()).digest())
        .isEqualTo(digest);
    assertThat(read(GOOD, Map.of("strategies.2.seeds-per-class", "9")).digest())
        .isNotEqualTo(digest);
    Files.write(folder.resolve("pets/train/dog/0.png"), DataSetFiles.image("other"));
    assertThat(read(GOOD, Map.of()).digest()).isNotEqualTo(digest);
  }

  @Test
  void a_raised_version_of_a_strategy_makes_other_runs_of_it_alone() throws IOException {
    StudyDocument before = read(GOOD, Map.of()).document();
    List<StrategyFactory> raised =
        List.of(STRATEGIES.get(0), new NamedStrategy("er", 2, List.of()));

    StudyDocument after = StudyFile.read(folder.resolve("s.yaml"), Map.of(), raised).document();

    assertThat(after).isNotEqualTo(before);
    for (int m = 0; m < before.members().size(); m++) {
      Member one = after.members().get(m);
      assertThat(one.sequence().equals(before.members().get(m).sequence()))
          .as(one.name())
          .isEqualTo(!one.label().equals("er"));
    }
  }

  @Test
  void a_study_that_goes_on_for_more_orders_has_the_same_runs_in_those_that_it_had()
      throws IOException {
    StudyDocument few = read(GOOD, Map.of()).document();
    StudyDocument more =
        read(GOOD.replace("[4, 2]", "[8, 4, 2]").replace("label: more", "label: most"), Map.of())
            .document();

    assertThat(more.members().subList(5, 15))
        .extracting(Member::sequence)
        .containsExactlyElementsOf(few.members().stream().map(Member::sequence).toList());
  }

  @ParameterizedTest(name = "{0} becomes {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
      sequence: base.yaml  | sequence: bse.yaml       | s.yaml:2: sequence: there is no file 'bse.yaml' (FOLDER/bse.yaml); paths start at the study file
      sequence: base.yaml  | sequences: base.yaml     | s.yaml:2: sequences: unknown key 'sequences'; did you mean 'sequence'?
      name: er             | name: re                 | s.yaml:4: strategies[0].name: there is no strategy 're'; did you mean 'er'?
      seeds-per-class: 8   | seeds-per-class: 0       | s.yaml:6: strategies[2].seeds-per-class: expected a whole number from 1 to 64, found 0
      seeds-per-class: 8   | seed-per-class: 8        | s.yaml:6: strategies[2].seed-per-class: unknown key 'seed-per-class'; did you mean 'seeds-per-class'?
      label: more          | label: er                | s.yaml:6: strategies[2].label: two strategies have the label 'er', the first at s.yaml:4; give one a label: of its own
      label: more          | label: with more         | s.yaml:6: strategies[2].label: found 'with more'; use up to 40 letters, digits, dots, dashes and underscores
      orders: [4, 2]       | orders: 0                | s.yaml:7: orders: found '0'; write a whole number from 1 to 1000
      orders: [4, 2]       | orders: [4, 4]           | s.yaml:7: orders: 4 is listed twice; remove one
      orders: [4, 2]       | orders: [4, two]         | s.yaml:7: orders: found 'two'; write a whole number from 0 to 9007199254740991
      orders: [4, 2]       | orders: [4, 5000]        | s.yaml:10: tuning-orders: order 5000 is under orders, too; what was tuned on is not reported: remove it from one
      orders: [4, 2]       | orders: 1000             | s.yaml:7: orders: 5000 runs; name fewer orders, strategies or random seeds, for at most 4000
      random-seeds: [5, 6] | random-seeds: 5          | s.yaml:8: random-seeds: found '5'; write a list, as in [a, b]
      reference: auto-seed | reference: autoseed      | s.yaml:9: reference: no strategy has the label 'autoseed'; did you mean 'auto-seed'?
      tasks.0.train-per-class: 1 | random-seed: 3      | s.yaml:11: overrides.random-seed: is set for each run; write it under strategies or random-seeds
      tasks.0.train-per-class: 1 | tasks.0.train-per-class: 0 | s.yaml:11: tasks[0].train-per-class: found '0'; write a whole number from 1 to 1000000
      tasks.0.train-per-class: 1 | tasks.7.train-per-class: 1 | s.yaml:11: tasks: is a list of 1, and '7' is no place in it; write a number from 0 to 0
      """)
  void a_mistake_is_named_in_one_line(String good, String bad, String expected) throws IOException {
    assertThat(GOOD).contains(good);

    assertThat(refusal(GOOD.replace(good, bad))).isEqualTo(expected);
  }

  @Test
  void orders_that_learn_the_same_classes_in_the_same_tasks_are_one() {
    // Four classes in two tasks: six ways, so one of seven orders is another once more.
    assertThatThrownBy(() -> read(GOOD, Map.of("orders", "7", "tuning-orders", "[99]")))
        .hasMessageMatching(
            "(?s).*orders: class orders \\d+ and \\d+ learn the same classes in the same tasks,"
                + " so they are one unit of the statistics: list others, as in .*");
    assertThatThrownBy(() -> read(GOOD, Map.of("orders", "[0, 1, 2, 4]", "tuning-orders", "[9]")))
        .hasMessageContaining(
            "tuning-orders: class orders 2 and 9 learn the same classes in the same tasks, so"
                + " settings would be chosen on what is reported: list others");
  }

  @Test
  void a_mistake_in_the_sequence_file_names_that_file() throws IOException {
    Files.writeString(folder.resolve("base.yaml"), BASE.replace("pets}", "pest}"));

    assertThat(refusal(GOOD)).startsWith("base.yaml:3: datasets.pets.path: 'pest' does not exist");
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    assertThatThrownBy(() -> StudyFile.read(folder.resolve("no.yaml"), Map.of()))
        .hasMessage(folder.resolve("no.yaml") + ": no such file; correct the path");
  }

  private String refusal(String yaml) {
    Throwable found = catchThrowable(() -> read(yaml, Map.of()));
    assertThat(found).isInstanceOf(SequenceException.class);
    return found
        .getMessage()
        .replaceFirst("^" + folder + "/", "")
        .replace("at " + folder + "/", "at ")
        .replace(folder.toString(), "FOLDER");
  }
}
