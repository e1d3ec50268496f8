package io.autoseed.learning.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassOrderTest {
  private int next;

  private final List<TaskDocument> tasks =
      List.of(task("first", "pets", 2), task("pets-2", "pets", 3), task("toys-1", "toys", 4));

  private TaskDocument task(String name, String dataset, int size) {
    List<ClassDocument> classes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      int number = next++;
      classes.add(
          new ClassDocument(
              dataset + number,
              number,
              List.of("a " + dataset + number),
              List.of(new TaskDocument.FileDocument(number + ".png", "train" + number)),
              List.of(new TaskDocument.FileDocument(number + ".png", "test" + number))));
    }
    return new TaskDocument(name, dataset, "digest", false, classes);
  }

  private static List<String> classes(List<TaskDocument> tasks) {
    return tasks.stream().flatMap(t -> t.classes().stream()).map(ClassDocument::name).toList();
  }

  @Test
  void theSameNumberLeadsToTheSameOrderAndOthersToOthers() {
    assertThat(ClassOrder.of(tasks, 3)).isEqualTo(ClassOrder.of(tasks, 3));
    assertThat(IntStream.range(0, 20).mapToObj(k -> classes(ClassOrder.of(tasks, k))).distinct())
        .hasSizeGreaterThan(15);
  }

  @Test
  void orderZeroStaysWhatItWas() {
    assertThat(classes(ClassOrder.of(tasks, 0)))
        .containsExactly(
            "pets3", "pets2", "pets1", "pets4", "pets0", "toys6", "toys5", "toys7", "toys8");
  }

  @Test
  void everyTaskKeepsItsNameSizeAndDataSetAndEveryClassItsFiles() {
    for (int k = 0; k < 20; k++) {
      List<TaskDocument> ordered = ClassOrder.of(tasks, k);

      assertThat(new TreeSet<>(classes(ordered))).isEqualTo(new TreeSet<>(classes(tasks)));
      assertThat(ordered)
          .extracting(task -> task.name() + task.dataset() + task.classes().size())
          .containsExactlyInAnyOrder("firstpets2", "pets-2pets3", "toys-1toys4");
      for (TaskDocument task : ordered) {
        for (ClassDocument one : task.classes()) {
          assertThat(one.name()).startsWith(task.dataset());
          assertThat(one.train().get(0).sha256())
              .isEqualTo("train" + one.name().substring(task.dataset().length()));
        }
      }
    }
  }

  @Test
  void classesAreNumberedByTheirNewPlaces() {
    assertThat(
            ClassOrder.of(tasks, 5).stream()
                .flatMap(task -> task.classes().stream())
                .map(ClassDocument::number))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void theOrderOfOneDataSetDoesNotHangOnTheOthers() {
    List<TaskDocument> alone = ClassOrder.of(tasks.subList(2, 3), 7);

    assertThat(classes(ClassOrder.of(tasks, 7)).stream().filter(name -> name.startsWith("toys")))
        .containsExactlyElementsOf(classes(alone));
  }
}
