package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LabelNoiseTest {
  private static final int EXAMPLES = 1000;
  private static final List<TaskDocument> TASKS = List.of(task(0, 4), task(4, 1), task(5, 4));

  private static TaskDocument task(int from, int classes) {
    List<ClassDocument> documents = new ArrayList<>();
    for (int c = from; c < from + classes; c++) {
      documents.add(
          new ClassDocument("class " + c, c, List.of("text"), files(c, "train"), files(c, "test")));
    }
    return new TaskDocument("task " + from, "set", "digest", false, documents);
  }

  /** Sorted by their digests, as data sets list them. */
  private static List<FileDocument> files(int c, String split) {
    return IntStream.range(0, EXAMPLES)
        .mapToObj(i -> split + "/" + c + "/%04d".formatted(i))
        .map(path -> new FileDocument(path, CanonicalJson.digest(path)))
        .sorted(Comparator.comparing(FileDocument::sha256))
        .toList();
  }

  /** How many training examples of class {@code own} are taken for {@code as}. */
  private static long taken(TaskDocument task, int own, int as) {
    return task.classes().get(as).train().stream()
        .filter(file -> file.path().startsWith("train/" + task.classes().get(own).number() + "/"))
        .count();
  }

  @Test
  void aShareOfEachClassIsTakenForTheOthersInEqualParts() {
    TaskDocument noisy = new LabelNoise(0.3, 7).in(TASKS, 0).get(0);

    for (int own = 0; own < 4; own++) {
      long kept = taken(noisy, own, own);
      assertThat(kept).isBetween(640L, 760L);
      long all = 0;
      for (int as = 0; as < 4; as++) {
        all += taken(noisy, own, as);
        if (as != own) {
          assertThat(taken(noisy, own, as)).isBetween(65L, 135L);
        }
      }
      assertThat(all).isEqualTo(EXAMPLES);
    }
    assertThat(noisy.classes().get(0).train()).extracting(FileDocument::sha256).isSorted();
  }

  @Test
  void onlyTrainingExamplesOfTasksOfSeveralClassesAreTouched() {
    List<TaskDocument> noisy = new LabelNoise(0.5, 7).in(TASKS, 0);

    assertThat(noisy.get(1)).isEqualTo(TASKS.get(1));
    for (int t = 0; t < TASKS.size(); t++) {
      for (int c = 0; c < TASKS.get(t).classes().size(); c++) {
        ClassDocument before = TASKS.get(t).classes().get(c);
        ClassDocument after = noisy.get(t).classes().get(c);
        assertThat(after.test()).isEqualTo(before.test());
        assertThat(after.name()).isEqualTo(before.name());
        assertThat(after.number()).isEqualTo(before.number());
      }
    }
  }

  @Test
  void itDependsOnTheRandomSeedAndThePlaceAlone() {
    List<TaskDocument> once = new LabelNoise(0.3, 7).in(TASKS, 0);

    assertThat(new LabelNoise(0.3, 7).in(TASKS, 0)).isEqualTo(once);
    assertThat(new LabelNoise(0.3, 8).in(TASKS, 0)).isNotEqualTo(once);
    assertThat(new LabelNoise(0.3, 7).in(List.of(TASKS.get(2), TASKS.get(0)), 0).get(1))
        .isNotEqualTo(once.get(0));
  }

  @Test
  void tasksBeforeTheFirstAreLeftAsTheyAre() {
    List<TaskDocument> noisy = new LabelNoise(0.3, 7).in(TASKS, 2);

    assertThat(noisy.subList(0, 2)).isEqualTo(TASKS.subList(0, 2));
    assertThat(noisy.get(2)).isEqualTo(new LabelNoise(0.3, 7).in(TASKS, 0).get(2));
    assertThat(noisy.get(2)).isNotEqualTo(TASKS.get(2));
  }

  @Test
  void noClassIsLeftWithoutAnExample() {
    TaskDocument task =
        new TaskDocument("t", "set", "digest", false, List.of(few(0, 1), few(1, 2)));

    for (long seed = 0; seed < 50; seed++) {
      assertThat(new LabelNoise(0.999, seed).in(List.of(task), 0).get(0).classes())
          .allSatisfy(learned -> assertThat(learned.train()).isNotEmpty());
    }
  }

  private static ClassDocument few(int c, int examples) {
    List<FileDocument> train = files(c, "train").subList(0, examples);
    return new ClassDocument("class " + c, c, List.of("text"), train, List.of());
  }
}
