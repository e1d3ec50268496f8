package io.autoseed.learning.evaluation;

import io.autoseed.learning.metrics.AccuracyMatrix;
import io.autoseed.learning.metrics.CellRow;
import io.autoseed.learning.metrics.MatrixMetrics;
import io.autoseed.learning.metrics.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The metrics of a sequence by name. Accuracies are in percent, differences in percentage points.
 * {@code last}, {@code avg} (average incremental accuracy), {@code avgMtil} (mean over all cells),
 * {@code bwt}, {@code forgetting}, {@code transfer}: see {@link MatrixMetrics}. Also:
 *
 * <ul>
 *   <li>{@code fwt}: mean over j >= 1 of the accuracy on task j after its replay phase and before
 *       any of its data, minus the zero-shot accuracy over the same label space
 *   <li>{@code fwtRandom}: the same minus the accuracy of random keys (Lopez-Paz and Ranzato 2017)
 *   <li>{@code seenLoss}: mean over tasks after the first of what the classes seen lose when the
 *       task's keys join the candidates; {@code fwtPlusSeenLoss}: the sum of the two
 *   <li>{@code ciTransfer}: CI-Transfer, predictions over all classes (CGIL, arXiv 2407.15793)
 *   <li>{@code zeroShotLast}: Last of the frozen trunk's zero-shot classifier
 *   <li>{@code memoryBytes}, {@code memoryBytesPerClass}: kept between tasks, everything counted
 * </ul>
 *
 * @param classIncremental the headline: the prediction is the argmax over all classes seen
 * @param taskIncremental the task is given
 * @param absent why a metric has no value, by {@code classIncremental.<name>} or {@code
 *     taskIncremental.<name>}
 */
public record SequenceMetrics(
    SortedMap<String, Double> classIncremental,
    SortedMap<String, Double> taskIncremental,
    SortedMap<String, String> absent) {
  public SequenceMetrics {
    classIncremental = Collections.unmodifiableSortedMap(new TreeMap<>(classIncremental));
    taskIncremental = Collections.unmodifiableSortedMap(new TreeMap<>(taskIncremental));
    absent = Collections.unmodifiableSortedMap(new TreeMap<>(absent));
  }

  /** The class-incremental metric of that name. */
  public OptionalDouble headline(String name) {
    Double value = classIncremental.get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * The metrics of a sequence, or of as much of it as was learned: T is the number of tasks up to
   * the last row given; cells of later tasks are left out.
   *
   * @param rows one a task, rows that were not measured included or not
   * @param beforeTasks one a task, or fewer
   */
  public static SequenceMetrics of(List<EvaluationRow> rows, List<ForwardTransfer> beforeTasks) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("no row of the accuracy matrix to compute metrics of");
    }
    Collected all = new Collected(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    int tasks = rows.stream().mapToInt(EvaluationRow::afterTask).max().orElseThrow() + 1;
    EvaluationRow last =
        rows.stream().filter(row -> row.afterTask() == tasks - 1).findFirst().orElseThrow();
    Space classes =
        new Space("classIncremental.", all.classIncremental(), all.absent(), tasks, beforeTasks);
    classes.matrixMetrics(matrix(tasks, rows, EvaluationRow::classIncremental));
    Measure fwt =
        classes.forward(
            "fwt", ForwardTransfer::classIncremental, ForwardTransfer::zeroShotClassIncremental);
    classes.forward(
        "fwtRandom", ForwardTransfer::classIncremental, ForwardTransfer::randomClassIncremental);
    Measure seenLoss = classes.forward("seenLoss", ForwardTransfer::seenLoss, ignored -> 0.0);
    classes.put("fwtPlusSeenLoss", fwt.plus(seenLoss));
    classes.put(
        "ciTransfer",
        new MatrixMetrics(matrix(tasks, rows, EvaluationRow::allClasses)).meanOfRowsToCome());
    classes.zeroShotLast(last.zeroShotClassIncremental());
    classes.put("memoryBytes", new Measure.Value(last.memoryBytes()));
    classes.put("memoryBytesPerClass", new Measure.Value(last.memoryBytesPerClass()));
    Space given =
        new Space("taskIncremental.", all.taskIncremental(), all.absent(), tasks, beforeTasks);
    given.matrixMetrics(matrix(tasks, rows, EvaluationRow::taskIncremental));
    given.forward(
        "fwt", ForwardTransfer::taskIncremental, ForwardTransfer::zeroShotTaskIncremental);
    given.forward(
        "fwtRandom", ForwardTransfer::taskIncremental, ForwardTransfer::randomTaskIncremental);
    given.zeroShotLast(last.zeroShotTaskIncremental());
    return new SequenceMetrics(all.classIncremental(), all.taskIncremental(), all.absent());
  }

  /** The accuracy matrix over tasks 0..T-1 that the rows make; missing rows are all null. */
  public static AccuracyMatrix matrix(
      int tasks, List<EvaluationRow> rows, Function<EvaluationRow, List<Double>> cells) {
    List<CellRow> matrix = new ArrayList<>(Collections.nCopies(tasks, CellRow.of(tasks, Map.of())));
    for (EvaluationRow row : rows) {
      matrix.set(row.afterTask(), CellRow.of(cells.apply(row)).resized(tasks));
    }
    return new AccuracyMatrix(matrix);
  }

  private record Collected(
      SortedMap<String, Double> classIncremental,
      SortedMap<String, Double> taskIncremental,
      SortedMap<String, String> absent) {}

  /** Collects the metrics of one label space. */
  private record Space(
      String prefix,
      Map<String, Double> values,
      Map<String, String> absent,
      int tasks,
      List<ForwardTransfer> beforeTasks) {
    void matrixMetrics(AccuracyMatrix matrix) {
      MatrixMetrics metrics = new MatrixMetrics(matrix);
      put("last", metrics.last());
      put("avg", metrics.averageIncremental());
      put("avgMtil", metrics.averageMtil());
      put("bwt", metrics.backwardTransfer());
      put("forgetting", metrics.forgetting());
      put("transfer", metrics.transfer());
    }

    Measure forward(
        String name,
        Function<ForwardTransfer, Double> accuracy,
        Function<ForwardTransfer, Double> baseline) {
      Measure measure = MatrixMetrics.forwardTransfer(byTask(accuracy), byTask(baseline));
      put(name, measure);
      return measure;
    }

    void zeroShotLast(List<Double> cells) {
      List<Double> learned = cells.subList(0, tasks);
      put(
          "zeroShotLast",
          learned.contains(null)
              ? new Measure.Absent("needs the zero-shot accuracy on every task after the last")
              : new Measure.Value(learned.stream().mapToDouble(Double::doubleValue).sum() / tasks));
    }

    void put(String name, Measure measure) {
      if (measure instanceof Measure.Value value) {
        values.put(name, value.value());
      } else if (measure instanceof Measure.Absent none) {
        absent.put(prefix + name, none.reason());
      }
    }

    private List<Double> byTask(Function<ForwardTransfer, Double> part) {
      List<Double> values = new ArrayList<>(Collections.nCopies(tasks, null));
      for (ForwardTransfer before : beforeTasks) {
        if (before.task() < tasks) {
          values.set(before.task(), part.apply(before));
        }
      }
      return values;
    }
  }
}
