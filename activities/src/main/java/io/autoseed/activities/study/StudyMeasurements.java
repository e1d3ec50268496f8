package io.autoseed.activities.study;

import io.autoseed.activities.catalog.RunHistory.PhaseRow;
import io.autoseed.activities.catalog.RunHistory.Whole;
import io.autoseed.activities.study.StudyReport.Cell;
import io.autoseed.activities.study.StudyReport.Line;
import io.autoseed.learning.sequence.StudyDocument;
import io.autoseed.learning.sequence.StudyDocument.Member;
import io.autoseed.learning.statistics.GridStatistics;
import io.autoseed.learning.statistics.GridStatistics.Difference;
import io.autoseed.learning.statistics.GridStatistics.Mean;
import io.autoseed.learning.statistics.GridStatistics.Observation;
import io.autoseed.learning.statistics.SignedRankTest;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.Strategies;
import io.autoseed.workflows.MemberOutcome;
import io.autoseed.workflows.Phase;
import io.autoseed.workflows.RunState;
import io.autoseed.workflows.StudyClosing;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** What the runs of a study measured, and the statistics over it. */
final class StudyMeasurements {
  private static final String HEADLINE = "class-incremental";
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
   * What all runs of a study have in common.
   *
   * @param profile numeric profile
   * @param tasks of each
   * @param classes of each
   */
  record Scope(String profile, int tasks, int classes) {}

  /** What is kept of the runs that were looked at: a study may have more than fit into memory. */
  private static final class Gathered {
    private final List<Cell> cells = new ArrayList<>();
    private final Map<String, MeanMatrix> matrices = new HashMap<>();
    private Instant begin = Instant.MAX;
    private Instant end = Instant.MIN;

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
              values(run)));
      matrix(member.label()).add(run.matrix(HEADLINE));
      begin = run.run().createdAt().isBefore(begin) ? run.run().createdAt() : begin;
      end = run.run().finishedAt().isAfter(end) ? run.run().finishedAt() : end;
    }

    MeanMatrix matrix(String label) {
      return matrices.computeIfAbsent(label, unseen -> new MeanMatrix());
    }

    double seconds() {
      return begin.isAfter(end) ? 0 : Duration.between(begin, end).toMillis() / 1e3;
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
    ComparisonFamilies families = families(study);
    return new StudyReport(
        closing.study(),
        study.name(),
        closing.state().name(),
        closing.reason(),
        scope.profile(),
        scope.tasks(),
        scope.classes(),
        orders,
        study.tuningOrders(),
        study.reference(),
        SignedRankTest.smallest(orders.size()),
        families.significantOrders(),
        StudyReport.columns(),
        lines(study, families, new GridStatistics(observations), gathered),
        gathered.cells,
        null,
        gathered.seconds(),
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  private static ComparisonFamilies families(StudyDocument study) {
    Map<String, String> names = new LinkedHashMap<>();
    study.strategies().forEach(strategy -> names.put(strategy.label(), strategy.name()));
    return ComparisonFamilies.of(study.reference(), names);
  }

  private static Cell missing(Member member, MemberOutcome outcome) {
    return new Cell(
        outcome == null ? null : outcome.run(),
        member.label(),
        member.order(),
        member.randomSeed(),
        outcome == null ? StudyReport.NOT_RUN : outcome.state().name(),
        outcome == null ? null : outcome.reason(),
        new TreeMap<>());
  }

  /** The metrics of a run that is done. */
  private static SortedMap<String, Double> values(Whole run) {
    SortedMap<String, Double> values = new TreeMap<>(run.sequenceMetrics());
    values.keySet().retainAll(StudyMetric.keys());
    double learning =
        run.phases().stream()
            .filter(row -> LEARNING.contains(row.phase()) && row.computeSeconds() != null)
            .mapToDouble(PhaseRow::computeSeconds)
            .sum();
    values.put(StudyMetric.SECONDS.key(), learning / run.tasks().size());
    return values;
  }

  private static List<Line> lines(
      StudyDocument study,
      ComparisonFamilies families,
      GridStatistics statistics,
      Gathered gathered) {
    Map<String, SortedMap<String, Mean>> means = new HashMap<>();
    Map<String, SortedMap<String, Difference>> differences = new HashMap<>();
    for (String metric : StudyMetric.keys()) {
      for (String label : study.labels()) {
        statistics.mean(label, metric).ifPresent(mean -> into(means, label).put(metric, mean));
      }
      for (List<String> family : List.of(families.variants(), families.others())) {
        statistics
            .differences(family, study.reference(), metric)
            .forEach((label, difference) -> into(differences, label).put(metric, difference));
      }
    }
    return study.strategies().stream()
        .map(
            strategy ->
                new Line(
                    strategy.label(),
                    strategy.name(),
                    changed(strategy),
                    strategy.randomSeeds(),
                    gathered.matrix(strategy.label()).matrices(),
                    into(means, strategy.label()),
                    into(differences, strategy.label()),
                    gathered.matrix(strategy.label()).mean()))
        .toList();
  }

  private static <T> SortedMap<String, T> into(
      Map<String, SortedMap<String, T>> byLabel, String label) {
    return byLabel.computeIfAbsent(label, unseen -> new TreeMap<>());
  }

  /** The settings that are not at their defaults. */
  private static SortedMap<String, Object> changed(StudyDocument.Strategy strategy) {
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
