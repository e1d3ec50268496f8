package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.sequence.SequenceFileTest.NamedStrategy;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.strategy.StrategyFactory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Path SAMPLES = Path.of("..", "samples");
  private static final List<StrategyFactory> STRATEGIES =
      Stream.of("auto-seed", "continual-clip", "finetune", "er", "slda", "joint")
          .<StrategyFactory>map(name -> new NamedStrategy(name, List.of()))
          .toList();

  @Test
  void the_quickstart_has_eight_tasks_and_fifty_classes_or_more_and_few_images() {
    ResolvedSequence sequence =
        SequenceFile.read(SAMPLES.resolve("quickstart.yaml"), Map.of(), STRATEGIES);

    assertThat(sequence.tasks()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(sequence.classCount()).isGreaterThanOrEqualTo(50);
    assertThat(classes(sequence).mapToInt(one -> one.train().size() + one.test().size()).sum())
        .isBetween(1_000, 1_800);
    assertThat(sequence.document().strategy()).isEqualTo("auto-seed");
    assertThat(sequence.baselines())
        .containsExactly("continual-clip", "finetune", "er", "slda", "joint");
  }

  @Test
  void every_sample_class_has_a_text_of_its_own() {
    ResolvedSequence sequence =
        SequenceFile.read(SAMPLES.resolve("quickstart.yaml"), Map.of(), STRATEGIES);

    Set<List<String>> texts = new HashSet<>();
    classes(sequence).forEach(one -> assertThat(texts.add(one.texts())).as(one.name()).isTrue());
  }

  @Test
  void every_file_of_the_quickstart_can_be_read_where_its_task_says() {
    ResolvedSequence sequence =
        SequenceFile.read(SAMPLES.resolve("quickstart.yaml"), Map.of(), STRATEGIES);

    for (TaskDocument task : sequence.tasks()) {
      try (DataSet data = DataSet.open(sequence.datasetRoots().get(task.dataset()))) {
        assertThat(data.licence()).isNotBlank().isNotEqualTo("not stated");
        task.classes().stream()
            .flatMap(one -> Stream.concat(one.train().stream(), one.test().stream()))
            .forEach(file -> assertThat(data.read(file)).isNotEmpty());
      }
    }
  }

  private static Stream<ClassDocument> classes(ResolvedSequence sequence) {
    return sequence.tasks().stream().flatMap(task -> task.classes().stream());
  }
}
