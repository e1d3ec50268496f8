package io.autoseed.activities.study;

import io.autoseed.activities.catalog.RunHistory;
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
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the runs of a study measured, and the statistics over it. */
final class StudyMeasurements {
  private static final String HEADLINE = "class-incremental";
  private static final Set<String> LEARNING =
      Set.of(Phase.REPLAY.name(), Phase.ADAPT.name(), Phase.SEED_UPDATE.name());

  private final RunHistory history;

  StudyMeasurements(RunHistory history) {
    this.history = history;
  }

  /** The report of a study as it ended. */
  StudyReport report(StudyDocument study, String profile, StudyClosing closing) {
    Map<Integer, MemberOutcome> ended = new HashMap<>();
    closing.ended().forEach(one -> ended.put(one.member(), one));
    List<Cell> cells = new ArrayList<>();
    Map<String, List<Whole>> done = new LinkedHashMap<>();
    for (int m = 0; m < study.members().size(); m++) {
      Member member = study.members().get(m);
      MemberOutcome outcome = ended.get(m);
      if (outcome == null || outcome.state() != RunState.DONE) {
        cells.add(missing(member, outcome));
        continue;
      }
      Whole run = history.whole(outcome.run()).orElseThrow(() -> gone(outcome.run()));
      done.computeIfAbsent(member.label(), unseen -> new ArrayList<>()).add(run);
      cells.add(
          new Cell(
              outcome.run(),
              member.label(),
              member.order(),
              member.randomSeed(),
              StudyReport.DONE,
              null,
              values(run)));
    }
    return report(study, profile, closing, cells, done);
  }

  private static IllegalStateException gone(String run) {
    return new IllegalStateException("run " + run + " is not in the catalog any more");
  }

  private static StudyReport report(
      StudyDocument study,
      String profile,
      StudyClosing closing,
      List<Cell> cells,
      Map<String, List<Whole>> done) {
    List<Observation> observations =
        cells.stream()
            .filter(cell -> cell.state().equals(StudyReport.DONE))
            .map(c -> new Observation(c.label(), c.order(), c.randomSeed(), c.values()))
            .toList();
    List<Long> orders =
        study.orders().stream()
            .filter(order -> observations.stream().anyMatch(one -> one.order() == order))
            .toList();
    List<Whole> runs = done.values().stream().flatMap(List::stream).toList();
    return new StudyReport(
        closing.study(),
        study.name(),
        closing.state().name(),
        closing.reason(),
        profile,
        runs.isEmpty() ? 0 : runs.get(0).tasks().size(),
        runs.isEmpty()
            ? 0
            : runs.get(0).tasks().stream().mapToInt(task -> task.classes().size()).sum(),
        orders,
        study.tuningOrders(),
        study.reference(),
        SignedRankTest.smallest(orders.size()),
        leastOrders(),
        StudyReport.columns(),
        lines(study, new GridStatistics(observations), done),
        cells,
        seconds(runs),
        Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
  }

  /** Orders from which on the exact test can reach the level. */
  private static int leastOrders() {
    int orders = 1;
    while (SignedRankTest.smallest(orders) > GridStatistics.LEVEL) {
      orders++;
    }
    return orders;
  }

  private static double seconds(List<Whole> runs) {
    Instant begin =
        runs.stream().map(r -> r.run().createdAt()).min(Instant::compareTo).orElse(null);
    Instant end = runs.stream().map(r -> r.run().finishedAt()).max(Instant::compareTo).orElse(null);
    return begin == null ? 0 : Duration.between(begin, end).toMillis() / 1e3;
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
      StudyDocument study, GridStatistics statistics, Map<String, List<Whole>> done) {
    Map<String, SortedMap<String, Mean>> means = new HashMap<>();
    Map<String, SortedMap<String, Difference>> differences = new HashMap<>();
    for (String metric : StudyMetric.keys()) {
      for (String label : study.labels()) {
        statistics.mean(label, metric).ifPresent(mean -> into(means, label).put(metric, mean));
      }
      statistics
          .differences(study.labels(), study.reference(), metric)
          .forEach((label, difference) -> into(differences, label).put(metric, difference));
    }
    return study.strategies().stream()
        .map(
            strategy ->
                new Line(
                    strategy.label(),
                    strategy.name(),
                    changed(strategy),
                    strategy.randomSeeds(),
                    done.getOrDefault(strategy.label(), List.of()).size(),
                    into(means, strategy.label()),
                    into(differences, strategy.label()),
                    meanMatrix(done.getOrDefault(strategy.label(), List.of()))))
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

  /** Cell by cell; a task's place stands for it, for every order has other tasks. */
  private static List<List<Double>> meanMatrix(List<Whole> runs) {
    List<List<List<Double>>> all = runs.stream().map(run -> run.matrix(HEADLINE)).toList();
    List<List<Double>> mean = new ArrayList<>();
    int rows = all.stream().mapToInt(List::size).min().orElse(0);
    for (int i = 0; i < rows; i++) {
      List<Double> row = new ArrayList<>();
      for (int j = 0; j < all.get(0).get(i).size(); j++) {
        row.add(mean(all, i, j));
      }
      mean.add(row);
    }
    return mean;
  }

  private static Double mean(List<List<List<Double>>> all, int i, int j) {
    double sum = 0;
    for (List<List<Double>> matrix : all) {
      Double cell = matrix.get(i).get(j);
      if (cell == null) {
        return null;
      }
      sum += cell;
    }
    return sum / all.size();
  }
}
