package io.autoseed.learning.sequence;

import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The class orders of a sequence: the same classes with the same files, learned in another order.
 * Order k shuffles the classes of each data set and cuts them into tasks as large as the sequence
 * has them of that data set; then it shuffles the tasks. What k leads to depends on k, the names of
 * the data sets and the sizes of the tasks alone.
 */
public final class ClassOrder {
  private ClassOrder() {}

  /**
   * The tasks in order {@code k}. Tasks keep their names, sizes and data sets, not their places;
   * classes are numbered by their new places.
   */
  static List<TaskDocument> of(List<TaskDocument> tasks, long k) {
    Map<String, List<ClassDocument>> shuffled = new LinkedHashMap<>();
    tasks.forEach(
        task ->
            shuffled
                .computeIfAbsent(task.dataset(), unseen -> new ArrayList<>())
                .addAll(task.classes()));
    shuffled.replaceAll((dataset, classes) -> permuted(classes, k, "study/classes/" + dataset));
    List<TaskDocument> cut = new ArrayList<>();
    for (TaskDocument task : tasks) {
      List<ClassDocument> rest = shuffled.get(task.dataset());
      List<ClassDocument> own = rest.subList(0, task.classes().size());
      cut.add(with(task, own));
      shuffled.put(task.dataset(), rest.subList(own.size(), rest.size()));
    }
    return numbered(permuted(cut, k, "study/tasks"));
  }

  /** What each task of order {@code k} learns, as {@code data set/class}, wherever it is placed. */
  static List<Set<String>> classSets(List<TaskDocument> tasks, long k) {
    return of(tasks, k).stream()
        .map(
            task ->
                task.classes().stream()
                    .map(one -> task.dataset() + "/" + one.name())
                    .collect(Collectors.toSet()))
        .toList();
  }

  private static <T> List<T> permuted(List<T> items, long k, String purpose) {
    List<T> permuted = new ArrayList<>();
    for (int i : CounterRandom.of(k, 0, purpose, 0).permutation(items.size())) {
      permuted.add(items.get(i));
    }
    return permuted;
  }

  private static List<TaskDocument> numbered(List<TaskDocument> tasks) {
    List<TaskDocument> numbered = new ArrayList<>();
    int next = 0;
    for (TaskDocument task : tasks) {
      List<ClassDocument> classes = new ArrayList<>();
      for (ClassDocument one : task.classes()) {
        classes.add(new ClassDocument(one.name(), next++, one.texts(), one.train(), one.test()));
      }
      numbered.add(with(task, classes));
    }
    return numbered;
  }

  private static TaskDocument with(TaskDocument task, List<ClassDocument> classes) {
    return new TaskDocument(
        task.name(), task.dataset(), task.datasetDigest(), task.features(), classes);
  }
}
