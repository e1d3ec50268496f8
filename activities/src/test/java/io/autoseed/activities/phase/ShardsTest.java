package io.autoseed.activities.phase;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.activities.store.TrainingFeatures;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.TaskDocument;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShardsTest {
  private static final String ENCODER = CanonicalJson.digest("encoder");
  private static final String PROFILE = CanonicalJson.digest("profile");

  private static final String PREFIX = "features/";

  @Test
  void aClassIsCutByFileDigestInRunsOfTheFixedSize() {
    List<Shard> shards = shards(task(learned("coat", 0, files("coat", 130))));

    assertThat(shards).extracting(Shard::index).containsExactly(0, 1, 2, 3);
    assertThat(shards).extracting(Shard::rows).containsExactly(1, 64, 64, 2);
    assertThat(shards.stream().flatMap(shard -> shard.files().stream()).map(FileDocument::sha256))
        .isSorted();
  }

  @Test
  void aClassHasTheSameShardsInWhicheverTaskOrderAndListingItStands() {
    List<FileDocument> listed = files("coat", 100);
    List<FileDocument> reversed = new ArrayList<>(listed);
    Collections.reverse(reversed);
    ClassDocument other = learned("dress", 0, files("dress", 10));

    List<String> alone = keys(shards(task(learned("coat", 0, listed))));
    List<String> second = keys(shards(task(other, learned("coat", 1, reversed))));

    assertThat(second).hasSize(alone.size() + 2).containsAll(alone);
  }

  @Test
  void anotherEncoderProfileOrFileMakesAnotherShard() {
    TaskDocument task = task(learned("coat", 0, files("coat", 1)));
    String key = Shards.of(task, ENCODER, PROFILE, PREFIX, PREFIX).get(1).key();

    assertThat(Shards.of(task, PROFILE, PROFILE, PREFIX, PREFIX).get(1).key()).isNotEqualTo(key);
    assertThat(Shards.of(task, ENCODER, ENCODER, PREFIX, PREFIX).get(1).key()).isNotEqualTo(key);
    assertThat(shards(task(learned("coat", 0, files("dress", 1)))).get(1).key()).isNotEqualTo(key);
  }

  @Test
  void aRunThatTakesOverNothingHasPlacesOfItsOwnForTheSameShards() {
    TaskDocument task = task(learned("coat", 0, files("coat", 1)));
    Shard shared = shards(task, run("one", "encode", false)).get(1);
    Shard own = shards(task, run("one", "none", false)).get(1);
    Shard others = shards(task, run("two", "none", false)).get(1);

    assertThat(own.key()).isEqualTo(shared.key()).isEqualTo(others.key());
    assertThat(List.of(own.objectKey(), shared.objectKey(), others.objectKey()))
        .doesNotHaveDuplicates();
  }

  @Test
  void aRunThatDropsFeaturesHasTrainingImagesInAPlaceThatGoesWithTheTask() {
    List<FileDocument> files = files("coat", 2);
    TaskDocument task = task(learned("coat", 0, files.subList(0, 1), files.subList(1, 2)));
    List<Shard> shards = shards(task, run("one", "none", true));

    assertThat(shards).extracting(Shard::passing).containsExactly(false, true, false);
    assertThat(shards.get(1).objectKey())
        .startsWith(TrainingFeatures.prefix("one", CanonicalJson.digest(task)));
    assertThat(shards(task, run("one", "none", false)))
        .extracting(Shard::passing)
        .containsOnly(false);
  }

  @Test
  void aRunDocumentOfBeforeThereWasAChoiceDropsNothing() {
    String before =
        new String(CanonicalJson.bytes(run("one", "none", true)), StandardCharsets.UTF_8)
            .replace("\"dropsFeatures\":true,", "");

    assertThat(CanonicalJson.read(before.getBytes(StandardCharsets.UTF_8), RunDocument.class))
        .isEqualTo(run("one", "none", false));
  }

  private static List<Shard> shards(TaskDocument task, RunDocument run) {
    return Shards.of(task, ENCODER, PROFILE, run.featurePrefix(), run.trainingPrefix(task));
  }

  private static RunDocument run(String name, String reuse, boolean drops) {
    return new RunDocument(
        name,
        "s",
        new TreeMap<>(),
        "avx2",
        "test",
        reuse,
        5,
        null,
        -1,
        null,
        null,
        drops,
        List.of());
  }

  private static List<Shard> shards(TaskDocument task) {
    return Shards.of(task, ENCODER, PROFILE, PREFIX, PREFIX);
  }

  private static List<String> keys(List<Shard> shards) {
    return shards.stream().map(Shard::key).toList();
  }

  private static TaskDocument task(ClassDocument... classes) {
    return new TaskDocument("task", "set", CanonicalJson.digest("set"), false, List.of(classes));
  }

  private static ClassDocument learned(String name, int number, List<FileDocument> train) {
    return learned(name, number, train, List.of());
  }

  private static ClassDocument learned(
      String name, int number, List<FileDocument> train, List<FileDocument> test) {
    return new ClassDocument(name, number, List.of("a photo of a " + name), train, test);
  }

  private static List<FileDocument> files(String name, int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> name + "/" + i + ".png")
        .map(path -> new FileDocument(path, CanonicalJson.digest(path)))
        .toList();
  }
}
