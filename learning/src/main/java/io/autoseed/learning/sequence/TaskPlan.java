package io.autoseed.learning.sequence;

import io.autoseed.learning.dataset.DataSetContents;
import io.autoseed.learning.dataset.DataSetContents.ClassContents;
import io.autoseed.learning.sequence.TaskDocument.ClassDocument;
import io.autoseed.learning.sequence.TaskDocument.FileDocument;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts the data sets into tasks as the {@code tasks} key says. Classes listed by name go first to
 * their own task; a {@code split} takes what is left of its data set. No class is in two tasks.
 */
final class TaskPlan {
  private final Map<String, SequenceDataset> datasets;
  private final long randomSeed;

  /** Classes of each data set that a task names, wherever it stands, or an earlier split took. */
  private final Map<String, Set<String>> taken = new HashMap<>();

  private final Map<String, Map<String, ClassContents>> classes = new HashMap<>();
  private final Map<String, String> whereNamed = new HashMap<>();
  private final Map<String, Integer> countOfDataset = new HashMap<>();
  private final List<TaskDocument> tasks = new ArrayList<>();
  private final Set<String> taskNames = new HashSet<>();
  private int nextNumber;

  /**
   * @param past its tasks come first, and no task may have a name or class of theirs
   */
  TaskPlan(Map<String, SequenceDataset> datasets, long randomSeed, SequencePast past) {
    this.datasets = datasets;
    this.randomSeed = randomSeed;
    past.tasks().forEach(task -> takeOver(task, past.run()));
  }

  private void takeOver(TaskDocument task, String run) {
    tasks.add(task);
    taskNames.add(task.name());
    countOfDataset.merge(task.dataset(), 1, Integer::sum);
    nextNumber += task.classes().size();
    for (ClassDocument learned : task.classes()) {
      taken.computeIfAbsent(task.dataset(), unseen -> new LinkedHashSet<>()).add(learned.name());
      whereNamed.put(task.dataset() + "/" + learned.name(), task.name() + " of run " + run);
    }
  }

  List<TaskDocument> tasks(Section file) {
    List<Section> entries = new ArrayList<>();
    for (YamlNode item : file.items("tasks")) {
      Section entry = Section.of("tasks[" + entries.size() + "]", item);
      checkEntry(entry);
      entries.add(entry);
    }
    List<List<String>> listed = new ArrayList<>();
    for (Section entry : entries) {
      listed.add(entry.has("classes") ? claim(entry) : List.of());
    }
    for (int i = 0; i < entries.size(); i++) {
      Section entry = entries.get(i);
      if (entry.has("classes")) {
        add(entry, listed.get(i), "");
      } else {
        split(entry, i);
      }
    }
    return tasks;
  }

  private void checkEntry(Section entry) {
    entry.allow("name", "dataset", "classes", "split", "train-per-class", "test-per-class");
    entry.require("dataset", "dataset: " + datasets.keySet().iterator().next());
    String dataset = entry.text("dataset");
    if (!datasets.containsKey(dataset)) {
      throw entry.refuse(
          "dataset",
          "there is no data set '" + dataset + "'; " + Suggestion.of(dataset, datasets.keySet()));
    }
    if (entry.has("classes") == entry.has("split")) {
      throw new SequenceException(
          entry.where(),
          entry.pathOf("classes"),
          (entry.has("classes") ? "classes and split" : "neither classes nor split")
              + " given; write one of them");
    }
  }

  /** Checks the classes that an entry names and takes them out of every split. */
  private List<String> claim(Section entry) {
    String dataset = entry.text("dataset");
    Map<String, YamlNode> names = entry.names("classes");
    names.forEach(
        (name, node) -> {
          if (!classesOf(dataset).containsKey(name)) {
            throw new SequenceException(
                node.where(),
                entry.pathOf("classes"),
                "data set '"
                    + dataset
                    + "' has no class '"
                    + name
                    + "'; "
                    + Suggestion.of(name, classesOf(dataset).keySet()));
          }
          String before = whereNamed.put(dataset + "/" + name, node.where());
          if (before != null) {
            throw new SequenceException(
                node.where(),
                entry.pathOf("classes"),
                "class '" + name + "' already belongs to the task at " + before + "; remove one");
          }
          taken.computeIfAbsent(dataset, unseen -> new LinkedHashSet<>()).add(name);
        });
    return new ArrayList<>(names.keySet());
  }

  private void split(Section entry, int place) {
    String dataset = entry.text("dataset");
    Section split = entry.section("split");
    split.allow("classes-per-task", "order", "limit");
    split.require("classes-per-task", "classes-per-task: 3");
    int size = (int) split.whole("classes-per-task", 1, SequenceLimits.CLASSES);
    int limit = split.whole("limit", 1, SequenceLimits.CLASSES, SequenceLimits.CLASSES);
    String order = split.text("order", "listed");
    if (!order.equals("listed") && !order.equals("shuffled")) {
      throw split.refuse("order", "found '" + order + "'; write listed or shuffled");
    }
    Set<String> gone = taken.computeIfAbsent(dataset, unseen -> new LinkedHashSet<>());
    List<String> rest = new ArrayList<>(classesOf(dataset).keySet());
    rest.removeAll(gone);
    if (rest.isEmpty()) {
      throw entry.refuse(
          "split", "no class of '" + dataset + "' is left for it; remove it or name fewer classes");
    }
    if (order.equals("shuffled")) {
      rest = shuffled(rest, place);
    }
    rest = rest.subList(0, Math.min(limit, rest.size()));
    gone.addAll(rest);
    for (int from = 0; from < rest.size(); from += size) {
      add(entry, rest.subList(from, Math.min(rest.size(), from + size)), "-" + (from / size + 1));
    }
  }

  private List<String> shuffled(List<String> names, int place) {
    List<String> shuffled = new ArrayList<>();
    for (int i :
        CounterRandom.of(randomSeed, place, "sequence/split", 0).permutation(names.size())) {
      shuffled.add(names.get(i));
    }
    return shuffled;
  }

  /**
   * @param suffix tells the tasks of one split apart
   */
  private void add(Section entry, List<String> names, String suffix) {
    String dataset = entry.text("dataset");
    int count = countOfDataset.merge(dataset, 1, Integer::sum);
    String name = entry.has("name") ? entry.text("name") + suffix : dataset + "-" + count;
    if (tasks.size() == SequenceLimits.TASKS
        || nextNumber + names.size() > SequenceLimits.CLASSES) {
      throw new SequenceException(
          entry.where(),
          "tasks",
          "more than "
              + SequenceLimits.TASKS
              + " tasks or "
              + SequenceLimits.CLASSES
              + " classes; make the sequence shorter");
    }
    if (!taskNames.add(name)) {
      throw new SequenceException(
          entry.whereOf("name"),
          entry.pathOf("name"),
          "two tasks are named '" + name + "'; give one another name");
    }
    List<ClassDocument> documents = new ArrayList<>();
    for (String one : names) {
      documents.add(document(entry, dataset, one));
    }
    SequenceDataset source = datasets.get(dataset);
    tasks.add(
        new TaskDocument(name, dataset, source.digest(), source.contents().features(), documents));
  }

  private ClassDocument document(Section entry, String dataset, String name) {
    ClassContents contents = classesOf(dataset).get(name);
    return new ClassDocument(
        name,
        nextNumber++,
        contents.texts(),
        first(entry, "train-per-class", contents.train(), name, "train"),
        first(entry, "test-per-class", contents.test(), name, "test"));
  }

  /** The files with the smallest digests: a choice that depends on nothing but the files. */
  private static List<FileDocument> first(
      Section entry, String cap, List<FileDocument> files, String name, String split) {
    int most =
        entry.whole(cap, 1, SequenceLimits.IMAGES_PER_CLASS, SequenceLimits.IMAGES_PER_CLASS);
    if (files.isEmpty()) {
      throw new SequenceException(
          entry.whereOf("classes"),
          entry.pathOf("classes"),
          "class '"
              + name
              + "' has no images in its "
              + split
              + " split; add some or leave it out");
    }
    return List.copyOf(files.subList(0, Math.min(most, files.size())));
  }

  private Map<String, ClassContents> classesOf(String dataset) {
    return classes.computeIfAbsent(
        dataset,
        unseen -> {
          DataSetContents contents = datasets.get(dataset).contents();
          Map<String, ClassContents> byName = new LinkedHashMap<>();
          contents.classes().forEach(one -> byName.put(one.name(), one));
          return byName;
        });
  }
}
