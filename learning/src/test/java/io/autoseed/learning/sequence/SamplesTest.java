package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autoseed.learning.dataset.DataSet;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Path SAMPLES = Path.of("..", "samples");

  @Test
  void the_quickstart_has_eight_tasks_and_fifty_classes_or_more_and_few_images() {
    ResolvedSequence sequence = SequenceFile.read(SAMPLES.resolve("quickstart.yaml"), Map.of());

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
    ResolvedSequence sequence = SequenceFile.read(SAMPLES.resolve("quickstart.yaml"), Map.of());

    Set<List<String>> texts = new HashSet<>();
    classes(sequence).forEach(one -> assertThat(texts.add(one.texts())).as(one.name()).isTrue());
  }

  @Test
  void every_file_of_the_quickstart_can_be_read_where_its_task_says() {
    ResolvedSequence sequence = SequenceFile.read(SAMPLES.resolve("quickstart.yaml"), Map.of());

    for (TaskDocument task : sequence.tasks()) {
      try (DataSet data = DataSet.open(sequence.datasetRoots().get(task.dataset()))) {
        assertThat(data.licence()).isNotBlank().isNotEqualTo("not stated");
        task.classes().stream()
            .flatMap(one -> Stream.concat(one.train().stream(), one.test().stream()))
            .forEach(file -> assertThat(data.read(file)).isNotEmpty());
      }
    }
  }

  @Test
  void a_baseline_s_run_has_the_same_tasks_and_its_own_default_settings() {
    ResolvedSequence sequence = SequenceFile.read(SAMPLES.resolve("quickstart.yaml"), Map.of());

    for (String baseline : sequence.baselines()) {
      ResolvedSequence other = sequence.withStrategy(baseline);
      assertThat(other.document().strategy()).isEqualTo(baseline);
      assertThat(other.document().tasks()).isEqualTo(sequence.document().tasks());
      assertThat(other.document().settings().keySet())
          .containsExactlyInAnyOrderElementsOf(
              Strategies.named(baseline).orElseThrow().settings().stream()
                  .map(Setting::name)
                  .toList());
      assertThat(other.digest()).isNotEqualTo(sequence.digest());
    }
    assertThatThrownBy(() -> sequence.withStrategy("none"))
        .isInstanceOf(SequenceException.class)
        .hasMessage("there is no strategy 'none'");
  }

  @Test
  void the_long_sequence_trains_for_many_steps_in_each_of_three_tasks() {
    ResolvedSequence sequence = SequenceFile.read(SAMPLES.resolve("long.yaml"), Map.of());

    assertThat(sequence.tasks()).hasSize(3);
    assertThat((Integer) sequence.document().settings().get("steps"))
        .isGreaterThanOrEqualTo(50_000);
  }

  @Test
  void the_notice_names_every_package_with_its_digest() throws IOException {
    String rebuild = Files.readString(SAMPLES.resolve("rebuild"));
    String notice = Files.readString(SAMPLES.resolve("NOTICE"));

    Matcher digests = Pattern.compile("\\b[0-9a-f]{64}\\b").matcher(rebuild);
    int count = 0;
    while (digests.find()) {
      assertThat(notice).contains(digests.group());
      count++;
    }
    assertThat(count).isEqualTo(3);
  }

  private static Stream<ClassDocument> classes(ResolvedSequence sequence) {
    return sequence.tasks().stream().flatMap(task -> task.classes().stream());
  }
}
