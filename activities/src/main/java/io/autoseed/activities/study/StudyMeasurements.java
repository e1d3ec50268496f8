package io.autoseed.activities.study;

import ai.djl.Device;
import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.catalog.RunHistory.Whole;
import io.autoseed.activities.store.AccuracyCell;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.metrics.AccuracyMatrix;
import io.autoseed.learning.metrics.MatrixMetrics;
import io.autoseed.learning.metrics.Measure;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyDocument.Member;
import io.autoseed.learning.sequence.StudyDocument.Strategy;
import io.autoseed.learning.statistics.GridStatistics;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import io.autoseed.learning.statistics.GridStatistics.Observation;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.workflows.MemberOutcome;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyClosing;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What the runs of a study measured, and the statistics over it. */
final class StudyMeasurements {
  private static final String TASK_GIVEN = "task-incremental";
  private static final Set<String> LEARNING =
      Set.of(Phase.REPLAY.name(), Phase.ADAPT.name(), Phase.SEED_UPDATE.name());

  private final Function<String, Optional<Whole>> runs;

  /**
   * @param runs everything of a run, empty if it is not in the catalog
   */
  StudyMeasurements(Function<String, Optional<Whole>> runs) {
    this.runs = runs;
  }

  /**
   * What all runs of a study have in common, and who reports.
   *
   * @param record how it was submitted
   * @param material of each
   * @param tasks of each
   * @param classes of each
   * @param labelNoise of each, see {@link StudyReport}
   * @param codeVersion of the program that makes the report
   */
  record Scope(
      StudyRecord record,
      StudyReport.Material material,
      int tasks,
      int classes,
      Double labelNoise,
      String codeVersion) {}

  /** What is kept of the runs that were looked at: a study may have more than fit into memory. */
  private static final class Gathered {
    private final List<Cell> cells = new ArrayList<>();

    /** By label and class order, the mean over random seeds. */
    private final Map<String, SortedMap<Long, MeanMatrix>> matrices = new HashMap<>();

    private final TimeCovered wallTime = new TimeCovered();
    private double computeSeconds;

    void missing(Member member, MemberOutcome outcome) {
      cells.add(StudyMeasurements.missing(member, outcome));
    }

    void done(Member member, Whole run) {
      cells.add(
          new Cell(
              run.run().id(),
              member.label(),
              member.order(),
              member.randomSeed(),
              StudyReport.DONE,
              null,
              run.run().codeVersion(),
              values(run)));
      matrices
          .computeIfAbsent(member.label(), unseen -> new TreeMap<>())
          .computeIfAbsent(member.order(), unseen -> new MeanMatrix())
          .add(run.matrix(AccuracyCell.HEADLINE));
      run.phases().stream().filter(PhaseRow::committed).forEach(this::count);
    }

    private void count(PhaseRow phase) {
      wallTime.add(phase.resumedAt(), phase.committedAt());
      computeSeconds += phase.computeSeconds();
    }

    int done(Strategy strategy) {
      return (int)
          cells.stream()
              .filter(cell -> cell.label().equals(strategy.label()))
              .filter(cell -> cell.state().equals(StudyReport.DONE))
              .count();
    }

    /** The mean over the class orders that were run with each of the random seeds. */
    List<List<Double>> matrix(Strategy strategy) {
      MeanMatrix mean = new MeanMatrix();
      matrices.getOrDefault(strategy.label(), new TreeMap<>()).values().stream()
          .filter(order -> order.matrices() == strategy.randomSeeds().size())
          .forEach(order -> mean.add(order.mean()));
      return mean.mean();
    }
  }

  /**
   * The report of a study as it ended, without a picture of seeds.
   *
   * @param outcomes of its members, by their places; those not run are missing
   */
  StudyReport report(
      StudyDocument study,
      Scope scope,
      StudyClosing closing,
      Map<Integer, MemberOutcome> outcomes) {
    Gathered gathered = new Gathered();
    for (int m = 0; m < study.members().size(); m++) {
      Member member = study.members().get(m);
      MemberOutcome outcome = outcomes.get(m);
      if (outcome == null || outcome.state() != RunState.DONE) {
        gathered.missing(member, outcome);
      } else {
        gathered.done(member, runs.apply(outcome.run()).orElseThrow(() -> gone(outcome.run())));
      }
    }
    return report(study, scope, closing, gathered);
  }

  private static IllegalStateException gone(String run) {
    return new IllegalStateException("run " + run + " is not in the catalog any more");
  }

  private static StudyReport report(
      StudyDocument study, Scope scope, StudyClosing closing, Gathered gathered) {
    List<Observation> observations =
        gathered.cells.stream()
            .filter(cell -> cell.state().equals(StudyReport.DONE))
            .map(c -> new Observation(c.label(), c.order(), c.randomSeed(), c.values()))
            .toList();
    List<Long> orders =
        study.orders().stream()
            .filter(order -> observations.stream().anyMatch(one -> one.order() == order))
            .toList();
    ComparisonFamilies families =
        ComparisonFamilies.of(
            study.reference(), study.strategies(), Strategy::label, Strategy::name);
    List<Line> lines =
        lines(study, families, new GridStatistics(observations, study.seedsPerOrder()), gathered);
    return new StudyReport(
        closing.study(),
        study.name(),
        closing.state().name(),
        closing.reason(),
        scope.record().profile(),
        scope.material(),
        scope.tasks(),
        scope.classes(),
        scope.labelNoise(),
        orders,
        study.tuningOrders(),
        study.reference(),
        families.significantOrders(),
        StudyReport.columns(),
        lines,
        gathered.cells,
        null,
        gathered.wallTime.seconds(),
        performed(scope, gathered),
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static StudyReport.Performed performed(Scope scope, Gathered gathered) {
    return new StudyReport.Performed(
        scope.record().circumstances(),
        scope.record().codeVersion(),
        scope.codeVersion(),
        StudyCircumstances.currentLoad(),
        gathered.computeSeconds);
  }

  private static Cell missing(Member member, MemberOutcome outcome) {
    return new Cell(
        outcome == null ? null : outcome.run(),
        member.label(),
        member.order(),
        member.randomSeed(),
        outcome == null ? StudyReport.NOT_RUN : outcome.state().name(),
        outcome == null ? null : outcome.reason(),
        null,
        new TreeMap<>());
  }

  /** The metrics of a run that is done. */
  static SortedMap<String, Double> values(Whole run) {
    SortedMap<String, Double> values = new TreeMap<>(run.newest(Phase.EVALUATE));
    values.putAll(run.sequenceMetrics());
    values.keySet().retainAll(StudyMetric.keys());
    if (lastTaskGiven(run) instanceof Measure.Value last) {
      values.put(StudyMetric.LAST_TASK_GIVEN.key(), last.value());
    }
    Double parallel = values.get(StudyMetric.SEED_SPREAD_PARALLEL.key());
    Double perpendicular = values.get(StudyMetric.SEED_SPREAD_PERPENDICULAR.key());
    if (parallel != null && perpendicular != null) {
      values.put(StudyMetric.SEED_SPREAD_DIFFERENCE.key(), parallel - perpendicular);
    }
    if (!values.containsKey(StudyMetric.FWT.key())) {
      // Nothing can be said of a task to come: the frozen model's accuracies stand in the matrix.
      values.remove(StudyMetric.TRANSFER.key());
    }
    double learning =
        run.phases().stream()
            .filter(row -> LEARNING.contains(row.phase()) && row.computeSeconds() != null)
            .mapToDouble(PhaseRow::computeSeconds)
            .sum();
    values.put(StudyMetric.SECONDS.key(), learning / run.tasks().size());
    return values;
  }

  /** Last in the label space of each task alone. */
  private static Measure lastTaskGiven(Whole run) {
    List<List<Double>> matrix = run.matrix(TASK_GIVEN);
    return matrix.size() < run.tasks().size()
        ? new Measure.Absent("needs the accuracy on every task after the last")
        : new MatrixMetrics(AccuracyMatrix.of(matrix)).last();
  }

  private static List<Line> lines(
      StudyDocument study,
      ComparisonFamilies families,
      GridStatistics statistics,
      Gathered gathered) {
    Map<String, SortedMap<String, Mean>> means = new HashMap<>();
    Map<String, SortedMap<String, Difference>> differences = new HashMap<>();
    for (StudyMetric metric : StudyMetric.values()) {
      String key = metric.key();
      for (String label : study.labels()) {
        statistics.mean(label, key).ifPresent(mean -> into(means, label).put(key, mean));
      }
      if (metric.unit().tested()) {
        for (List<String> family : List.of(families.variants(), families.others())) {
          statistics
              .differences(family, study.reference(), key)
              .forEach((label, difference) -> into(differences, label).put(key, difference));
        }
      }
    }
    return study.strategies().stream()
        .map(
            strategy ->
                new Line(
                    strategy.label(),
                    strategy.name(),
                    strategy.version(),
                    scoresUnseen(strategy),
                    changed(strategy),
                    strategy.randomSeeds(),
                    gathered.done(strategy),
                    into(means, strategy.label()),
                    into(differences, strategy.label()),
                    gathered.matrix(strategy)))
        .toList();
  }

  private static <T> SortedMap<String, T> into(
      Map<String, SortedMap<String, T>> byLabel, String label) {
    return byLabel.computeIfAbsent(label, unseen -> new TreeMap<>());
  }

  /** Null if this build does not know the strategy as it was run. */
  private static Boolean scoresUnseen(Strategy strategy) {
    return Strategies.named(strategy.name())
        .map(factory -> factory.create(factory.complete(strategy.settings()), Device.cpu()))
        .filter(known -> Objects.equals(known.version(), strategy.version()))
        .map(io.autoseed.learning.strategy.Strategy::scoresUnseen)
        .orElse(null);
  }

  /** The settings that are not at their defaults. */
  private static SortedMap<String, Object> changed(Strategy strategy) {
    SortedMap<String, Object> changed = new TreeMap<>(strategy.settings());
    Strategies.named(strategy.name())
        .ifPresent(
            factory -> {
              for (Setting setting : factory.settings()) {
                changed.remove(setting.name(), setting.defaultValue());
              }
            });
    return changed;
  }
}
