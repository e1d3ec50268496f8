package io.autoseed.activities.phase;

import io.autoseed.learning.sequence.TaskDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The training examples that the seeds of a finished sequence are measured against: of at most
 * {@link #MOST_CLASSES} classes, spread evenly over the tasks and within each, the first shards. It
 * depends on the tasks alone, so that ENCODE makes what EVALUATE reads, however long the sequence.
 */
final class SeedSample {
  static final int MOST_CLASSES = 200;

  private static final int MOST_EXAMPLES = 20_000;

  private final SortedMap<Integer, Set<Integer>> classes;

  private SeedSample(SortedMap<Integer, Set<Integer>> classes) {
    this.classes = classes;
  }

  /**
   * @param tasks number of tasks of the sequence
   * @param task one of them by index; asked for as far as it is sampled
   */
  static SeedSample of(int tasks, IntFunction<TaskDocument> task) {
    int[] sampled = spread(MOST_CLASSES, tasks);
    SortedMap<Integer, Set<Integer>> classes = new TreeMap<>();
    for (int index : sampled) {
      int[] ofTask = spread(MOST_CLASSES / sampled.length, task.apply(index).classes().size());
      classes.put(index, Arrays.stream(ofTask).boxed().collect(Collectors.toSet()));
    }
    return new SeedSample(classes);
  }

  /** {@code count} of the numbers below {@code all}, at even distances; all if they are fewer. */
  private static int[] spread(int count, int all) {
    int least = Math.min(count, all);
    return IntStream.range(0, least).map(i -> (int) ((long) i * all / least)).toArray();
  }

  /** Indices of the tasks that have classes in the sample, ascending. */
  List<Integer> tasks() {
    return List.copyOf(classes.keySet());
  }

  /** Classes of a task that are in the sample, by their places in the task, ascending. */
  List<Integer> classes(int task) {
    return classes.getOrDefault(task, Set.of()).stream().sorted().toList();
  }

  /** Most examples of one class that are measured against. */
  int examplesPerClass() {
    return MOST_EXAMPLES / classes.values().stream().mapToInt(Set::size).sum();
  }

  /**
   * Those of a task's shards that are read, in order: none of a task outside of the sample.
   *
   * @param shards all of the task's, in order
   */
  List<Shard> among(int task, List<Shard> shards) {
    Set<Integer> sampled = classes.getOrDefault(task, Set.of());
    int each = examplesPerClass();
    Map<Integer, Integer> rows = new TreeMap<>();
    return shards.stream()
        .filter(shard -> shard.content() == Shard.Content.TRAIN)
        .filter(shard -> sampled.contains(shard.classIndex()))
        .filter(
            shard ->
                rows.merge(shard.classIndex(), shard.rows(), Integer::sum) - shard.rows() < each)
        .toList();
  }
}
