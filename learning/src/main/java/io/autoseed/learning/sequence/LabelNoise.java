package io.autoseed.learning.sequence;

import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Wrong labels put among the training examples on purpose: each label is replaced with a
 * probability by another class of its task, all of them equally likely (symmetric noise). An
 * example that is replaced stands among the training files of the class that it is taken for, so
 * that every phase sees the task as it was labelled. Test examples keep their labels. What is drawn
 * depends on the random seed, the task's place in the sequence and its files alone.
 *
 * @param share the probability, in [0, 1); 0 leaves everything as it is
 */
record LabelNoise(double share, long randomSeed) {
  /** That of a sequence whose tasks are labelled as the data have them. */
  static LabelNoise of(SequenceDocument sequence) {
    return new LabelNoise(
        sequence.labelNoise() == null ? 0 : sequence.labelNoise(), sequence.randomSeed());
  }

  /**
   * The tasks, labelled so.
   *
   * @param first tasks before this place stay as they are
   */
  List<TaskDocument> in(List<TaskDocument> tasks, int first) {
    if (share == 0) {
      return tasks;
    }
    List<TaskDocument> labelled = new ArrayList<>(tasks);
    for (int t = first; t < tasks.size(); t++) {
      labelled.set(t, in(tasks.get(t), t));
    }
    return labelled;
  }

  /** The last example of a class keeps its label. */
  private TaskDocument in(TaskDocument task, int place) {
    CounterRandom random = CounterRandom.of(randomSeed, place, "sequence/label-noise", 0);
    int classes = task.classes().size();
    List<Set<FileDocument>> taken = new ArrayList<>();
    task.classes().forEach(learned -> taken.add(new LinkedHashSet<>(learned.train())));
    for (int own = 0; own < classes; own++) {
      for (FileDocument file : task.classes().get(own).train()) {
        boolean wrong = random.nextDouble() < share;
        if (wrong && classes > 1 && taken.get(own).size() > 1) {
          int other = random.nextInt(classes - 1);
          taken.get(own).remove(file);
          taken.get(other < own ? other : other + 1).add(file);
        }
      }
    }
    return labelled(task, taken);
  }

  private static TaskDocument labelled(TaskDocument task, List<Set<FileDocument>> taken) {
    List<ClassDocument> classes = new ArrayList<>();
    for (ClassDocument one : task.classes()) {
      List<FileDocument> train =
          taken.get(classes.size()).stream()
              .sorted(Comparator.comparing(FileDocument::sha256).thenComparing(FileDocument::path))
              .toList();
      classes.add(new ClassDocument(one.name(), one.number(), one.texts(), train, one.test()));
    }
    return new TaskDocument(
        task.name(), task.dataset(), task.datasetDigest(), task.features(), classes);
  }
}
