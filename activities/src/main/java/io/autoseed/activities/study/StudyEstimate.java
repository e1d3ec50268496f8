package io.autoseed.activities.study;

import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.RunHistory.PastRun;
import io.autoseed.learning.sequence.CanonicalJson;
import io.autoseed.learning.sequence.StudyDocument;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * What the members of a study will take, by what runs of the same strategies and settings took on
 * the same data sets. Workers compute one phase at a time; what a run does beside, such as commits,
 * it does while others compute.
 *
 * @param members how many they are
 * @param hours that the members take whose strategies are known
 * @param bytes that they will keep in the store
 * @param unknown labels of strategies that no such run is known of
 */
public record StudyEstimate(int members, double hours, long bytes, Set<String> unknown) {
  private static final double SECONDS_PER_HOUR = 3600;

  public StudyEstimate {
    unknown = Set.copyOf(unknown);
  }

  /**
   * What is shared out.
   *
   * @param parallel members under way at a time
   * @param workers that compute
   */
  public record Pace(int parallel, int workers) {}

  /**
   * Estimates some members of a study.
   *
   * @param members those to come
   * @param tasks of each
   * @param dataSets digests of the data sets that they read
   */
  public static StudyEstimate of(
      StudyDocument study,
      List<StudyDocument.Member> members,
      int tasks,
      String profile,
      Collection<String> dataSets,
      Pace pace,
      RunHistory history) {
    Map<String, List<PastRun>> past = new LinkedHashMap<>();
    for (StudyDocument.Strategy strategy : study.strategies()) {
      String settings =
          new String(CanonicalJson.bytes(strategy.settings()), StandardCharsets.UTF_8);
      past.put(strategy.label(), history.pastRuns(strategy.name(), settings, profile, dataSets));
    }
    return of(members, tasks, pace, past);
  }

  static StudyEstimate of(
      List<StudyDocument.Member> members, int tasks, Pace pace, Map<String, List<PastRun>> past) {
    double seconds = 0;
    double bytes = 0;
    Set<String> unknown = new LinkedHashSet<>();
    for (StudyDocument.Member member : members) {
      List<PastRun> known = past.getOrDefault(member.label(), List.of());
      if (known.isEmpty()) {
        unknown.add(member.label());
      } else {
        seconds += tasks * secondsPerTask(known, pace);
        bytes += tasks * mean(known, PastRun::bytes);
      }
    }
    return new StudyEstimate(
        members.size(), seconds / SECONDS_PER_HOUR, Math.round(bytes), unknown);
  }

  /** Of one task when all share the work; a run that waited for others counts no longer for it. */
  private static double secondsPerTask(List<PastRun> known, Pace pace) {
    double computed = mean(known, PastRun::computeSeconds);
    double other =
        known.stream().mapToDouble(run -> run.otherSeconds() / run.tasks()).min().orElseThrow();
    return computed / Math.min(pace.workers(), pace.parallel()) + other / pace.parallel();
  }

  /** Of what runs took, the mean by task. */
  private static double mean(List<PastRun> known, ToDoubleFunction<PastRun> whole) {
    return known.stream()
        .mapToDouble(run -> whole.applyAsDouble(run) / run.tasks())
        .average()
        .orElseThrow();
  }
}
