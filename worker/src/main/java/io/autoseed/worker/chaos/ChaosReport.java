package io.autoseed.worker.chaos;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.autoseed.worker.chaos.RestartTimer.Restart;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What chaos did and found: the document that {@code chaos --json} prints.
 *
 * @param kills strikes that hit work in progress
 * @param idleKills strikes that hit the stack between two activities, or a worker without work
 * @param midTraining kills while an ADAPT activity was being performed
 * @param byTarget what each target went through
 * @param sameDigests whether every disturbed run has the undisturbed run's outcomes
 * @param duplicateCommits how often a phase was committed once too often
 * @param lostPhases phases that the store or the catalog lacks
 * @param redoneSteps training steps that were done more than once
 * @param largestRedoneSeconds the most computing of one attempt that was done again; null if no
 *     attempt that was cut short had told how far it was
 * @param checkpointSeconds between two checkpoints
 * @param heartbeatSeconds after which a silent worker is taken for dead
 * @param failedActivities activities that were given up
 * @param zombies attempts whose worker was stopped and woke when another had committed their phase
 * @param trackedRuns MLflow runs compared with the manifests; null if the tracker was no target
 * @param maxRecoverySeconds the longest time from a kill to the run's next progress that needs what
 *     was hit; of the kills that it had not gone on computing without
 * @param p95RecoverySeconds the same, of 95 % of those kills
 * @param sequence the sequence's name
 * @param randomSeed of what was hit when
 * @param workers how many there were
 * @param undisturbedRun id of the run that was left alone
 * @param undisturbedSeconds how long it took
 * @param disturbedRuns ids of the others
 * @param differences everything that is wrong, one line each
 */
public record ChaosReport(
    int kills,
    int idleKills,
    int midTraining,
    Map<String, OfTarget> byTarget,
    boolean sameDigests,
    int duplicateCommits,
    int lostPhases,
    long redoneSteps,
    Double largestRedoneSeconds,
    double checkpointSeconds,
    double heartbeatSeconds,
    int failedActivities,
    int zombies,
    Integer trackedRuns,
    Double maxRecoverySeconds,
    Double p95RecoverySeconds,
    String sequence,
    long randomSeed,
    int workers,
    String undisturbedRun,
    double undisturbedSeconds,
    List<String> disturbedRuns,
    List<String> differences) {
  public ChaosReport {
    byTarget = Collections.unmodifiableMap(new LinkedHashMap<>(byTarget));
    disturbedRuns = List.copyOf(disturbedRuns);
    differences = List.copyOf(differences);
  }

  /**
   * What one target went through. Counts and times of kills that hit work in progress.
   *
   * @param kills how often it was hit, pauses included
   * @param pauses how often it was stopped and let go on
   * @param processes how many processes were hit
   * @param unneeded kills that the run had no need to recover from: what was hit answered again,
   *     and the run computed on, before it needed it
   * @param p95KilledSeconds p95 recovery of those killed
   * @param p95StoppedSeconds p95 recovery of those stopped
   * @param restartSeconds p95 from the death to the new process
   * @param readySeconds p95 from the new process to its first answer
   */
  public record OfTarget(
      int kills,
      int pauses,
      int processes,
      int unneeded,
      Double p95RecoverySeconds,
      Double p95KilledSeconds,
      Double p95StoppedSeconds,
      Double maxRecoverySeconds,
      Double restartSeconds,
      Double readySeconds) {
    static OfTarget of(List<StrikeResult> results) {
      List<Restart> restarts = results.stream().flatMap(r -> r.restarted().stream()).toList();
      List<Double> recoveries = StrikeResult.recoveries(results);
      Map<Boolean, List<StrikeResult>> byStopped =
          results.stream()
              .collect(Collectors.partitioningBy(r -> r.strike().kind() == Strike.Kind.PAUSE));
      return new OfTarget(
          results.size(),
          byStopped.get(true).size(),
          results.stream().mapToInt(r -> r.strike().victims().size()).sum(),
          results.size() - recoveries.size(),
          Quantiles.p95(recoveries),
          Quantiles.p95(StrikeResult.recoveries(byStopped.get(false))),
          Quantiles.p95(StrikeResult.recoveries(byStopped.get(true))),
          Quantiles.largest(recoveries),
          Quantiles.p95(restarts.stream().map(Restart::restartSeconds).toList()),
          Quantiles.p95(restarts.stream().map(Restart::readySeconds).toList()));
    }
  }

  /**
   * Whether nothing was lost, nothing doubled, no more done again than since the last checkpoint,
   * and every bit is the same.
   */
  @JsonIgnore
  public boolean holds() {
    return differences.isEmpty();
  }

  /** The strikes by what they hit; targets without any included. */
  static Map<String, OfTarget> byTarget(List<Target> targets, List<StrikeResult> hits) {
    Map<String, OfTarget> byTarget = new TreeMap<>();
    for (Target target : targets) {
      byTarget.put(
          target.word(),
          OfTarget.of(hits.stream().filter(r -> r.strike().target() == target).toList()));
    }
    return byTarget;
  }
}
