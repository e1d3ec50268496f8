package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SeedSampleTest {
  private static final String DIGEST = CanonicalJson.digest("made-up");

  @Test
  void aShortSequenceIsMeasuredOnAllItsClasses() {
    SeedSample sample = SeedSample.of(2, index -> task(3, 70));

    assertThat(sample.tasks()).containsExactly(0, 1);
    assertThat(sample.among(1, shards(3, 70)))
        .containsExactlyElementsOf(
            shards(3, 70).stream().filter(s -> s.content() == Shard.Content.TRAIN).toList());
  }

  @Test
  void tenThousandTasksAreSampledToTheirEnd() {
    List<Integer> read = new ArrayList<>();
    SeedSample sample =
        SeedSample.of(
            10_000,
            index -> {
              read.add(index);
              return task(10, 1);
            });

    assertThat(sample.tasks()).hasSize(SeedSample.MOST_CLASSES).isEqualTo(read).contains(0, 9950);
    assertThat(sample.among(9950, shards(10, 1))).hasSize(1);
    assertThat(sample.among(1, shards(10, 1))).isEmpty();
    assertThat(sample.classes(9950)).containsExactly(0);
    assertThat(sample.classes(1)).isEmpty();
  }

  @Test
  void noMoreShardsOfAClassAreReadThanItsExamplesFill() {
    SeedSample sample = SeedSample.of(1, index -> task(400, 130));

    List<Shard> read = sample.among(0, shards(400, 130));

    assertThat(sample.examplesPerClass()).isEqualTo(100);
    assertThat(read.stream().map(Shard::classIndex).distinct()).hasSize(200).contains(0, 398);
    assertThat(sample.classes(0)).hasSize(200).startsWith(0, 2).endsWith(398);
    assertThat(read).hasSize(400).allMatch(shard -> shard.content() == Shard.Content.TRAIN);
  }

  @Test
  void encodeOfTheLastTaskMakesTheSampleOfTasksThatAnotherRunLearned() {
    Optional<SeedSample> sample = Optional.of(SeedSample.of(2, index -> task(2, 10)));
    List<Shard> shards = shards(2, 10);

    assertThat(EncodePhase.neededOf(0, shards, true, sample)).hasSameElementsAs(shards);
    assertThat(EncodePhase.neededOf(0, shards, false, sample))
        .isEqualTo(sample.get().among(0, shards))
        .hasSize(2);
    assertThat(EncodePhase.neededOf(0, shards, true, Optional.empty()))
        .noneMatch(shard -> shard.content() == Shard.Content.TRAIN);
  }

  private static List<Shard> shards(int classes, int files) {
    return Shards.of(task(classes, files), DIGEST, DIGEST, "features/", "features/");
  }

  private static TaskDocument task(int classes, int files) {
    List<ClassDocument> learned = new ArrayList<>();
    for (int c = 0; c < classes; c++) {
      String name = "class " + c;
      List<FileDocument> train =
          IntStream.range(0, files).mapToObj(i -> file(name + "/train/" + i)).toList();
      learned.add(
          new ClassDocument(name, c, List.of(name), train, List.of(file(name + "/test/0"))));
    }
    return new TaskDocument("task", "set", DIGEST, true, learned);
  }

  private static FileDocument file(String path) {
    return new FileDocument(path, CanonicalJson.digest(path));
  }
}
