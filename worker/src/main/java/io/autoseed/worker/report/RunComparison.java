package io.autoseed.worker.report;

import io.autoseed.learning.metrics.AccuracyMatrix;
import io.autoseed.learning.metrics.CellRow;
import io.autoseed.learning.metrics.TaskBootstrap;
import io.autoseed.learning.metrics.TaskBootstrap.Metric;
import io.autoseed.learning.statistics.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs side by side.
 *
 * @param intervals what the intervals are over
 */
public record RunComparison(String intervals, List<Side> runs) {
  private static final String OVER = "95 % bootstrap over tasks, 10,000 draws";
  private static final String FORWARD_TRANSFER = "fwt";

  /** Names of the metrics, in the order in which they are shown. */
  static final List<String> METRICS =
      Stream.concat(
              Arrays.stream(Metric.values()).map(RunComparison::name), Stream.of(FORWARD_TRANSFER))
          .toList();

  public RunComparison {
    runs = List.copyOf(runs);
  }

  /**
   * @param metrics the run's metrics by name
   * @param difference to the first run, where both learned the same tasks; else empty
   * @param remark what is to be known of the comparison with the first run: that there is none, and
   *     why, or that both are the same; else null
   * @param computeSeconds of all phases; features that another run had encoded cost this one
   *     nothing
   * @param seconds from submission to the end, or until now
   */
  public record Side(
      String run,
      String strategy,
      String state,
      Map<String, Estimate> metrics,
      Map<String, Estimate> difference,
      String remark,
      Double memoryBytesPerClass,
      double computeSeconds,
      double seconds) {}

  /**
   * One of the runs to compare.
   *
   * @param forwardTransfers by task, as {@link RunCatalog#forwardTransfers} has them
   */
  public record Subject(RunView view, List<Double> forwardTransfers) {
    int learned() {
      return view.matrix().size();
    }

    /** Of a run that is not done: the tasks learned so far. */
    AccuracyMatrix matrix() {
      return new AccuracyMatrix(
          view.matrix().stream().map(row -> CellRow.of(row).resized(learned())).toList());
    }

    /** Empty if one of the tasks after the first has none: the mean would be of other tasks. */
    Optional<List<Double>> transfers() {
      List<Double> transfers = forwardTransfers.subList(0, learned());
      boolean whole = learned() > 1 && !transfers.subList(1, learned()).contains(null);
      return whole ? Optional.of(transfers) : Optional.empty();
    }

    /** By name, data set and classes in order; the catalog keeps the digests of files elsewhere. */
    List<String> signature() {
      return view.tasks().stream()
          .map(task -> task.name() + task.dataset() + task.classes())
          .toList();
    }
  }

  /** Compares runs; those that are not done are compared by what they measured so far. */
  public static RunComparison of(List<Subject> subjects) {
    Subject first = subjects.get(0);
    List<Side> sides = new ArrayList<>();
    sides.add(side(first, Map.of(), null));
    for (Subject subject : subjects.subList(1, subjects.size())) {
      sides.add(side(subject, differences(first, subject), remark(first, subject)));
    }
    return new RunComparison(OVER, sides);
  }

  private static Side side(Subject subject, Map<String, Estimate> difference, String remark) {
    RunView view = subject.view();
    return new Side(
        view.run(),
        view.strategy(),
        view.state(),
        metrics(subject),
        difference,
        remark,
        view.memoryBytesPerClass(),
        view.result().computeSeconds(),
        view.seconds());
  }

  /** Without FWT of its own a run's Transfer is the frozen model's. */
  private static List<Metric> own(Subject subject) {
    return Arrays.stream(Metric.values())
        .filter(metric -> metric != Metric.TRANSFER || subject.transfers().isPresent())
        .toList();
  }

  private static Map<String, Estimate> metrics(Subject subject) {
    Map<String, Estimate> metrics = new LinkedHashMap<>();
    for (Metric metric : own(subject)) {
      TaskBootstrap.estimate(metric, subject.matrix())
          .ifPresent(found -> metrics.put(name(metric), found));
    }
    subject
        .transfers()
        .flatMap(TaskBootstrap::mean)
        .ifPresent(found -> metrics.put(FORWARD_TRANSFER, found));
    return metrics;
  }

  private static Map<String, Estimate> differences(Subject first, Subject subject) {
    Map<String, Estimate> differences = new LinkedHashMap<>();
    if (first.learned() != subject.learned() || !first.signature().equals(subject.signature())) {
      return differences;
    }
    for (Metric metric : own(first.transfers().isEmpty() ? first : subject)) {
      TaskBootstrap.difference(metric, subject.matrix(), first.matrix())
          .ifPresent(found -> differences.put(name(metric), found));
    }
    subject
        .transfers()
        .flatMap(own -> first.transfers().flatMap(its -> TaskBootstrap.difference(own, its)))
        .ifPresent(found -> differences.put(FORWARD_TRANSFER, found));
    return differences;
  }

  private static String remark(Subject first, Subject subject) {
    RunView view = subject.view();
    if (!first.signature().equals(subject.signature())) {
      return "learns other tasks than the first: no differences";
    }
    if (first.learned() != subject.learned()) {
      return "has measured after "
          + subject.learned()
          + " tasks, the first after "
          + first.learned()
          + ": no differences";
    }
    boolean same =
        !view.digests().isEmpty()
            && view.digests().equals(first.view().digests())
            && view.matrix().equals(first.view().matrix());
    return same ? "is identical to the first: equal digests, equal accuracies" : null;
  }

  private static String name(Metric metric) {
    return metric.name().toLowerCase(Locale.ROOT);
  }
}
