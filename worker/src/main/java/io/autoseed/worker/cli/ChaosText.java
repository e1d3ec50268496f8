package io.autoseed.worker.cli;

import io.autoseed.worker.chaos.ChaosReport;
import io.autoseed.worker.chaos.ChaosReport.OfTarget;
import java.util.Locale;

/** What chaos did and found, for people. */
final class ChaosText {
  private ChaosText() {}

  static String render(ChaosReport report) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%-10s %6s %8s %10s %12s %12s %12s %12s %12s%n"
            .formatted(
                "target",
                "kills",
                "pauses",
                "unneeded",
                "p95 killed",
                "p95 stopped",
                "longest",
                "restarted",
                "ready"));
    report.byTarget().forEach((word, target) -> text.append(line(word, target)));
    text.append(
        """

        kills in work        %d (%d of them in mid-training), and %d between activities
        same digests         %s
        duplicate commits    %d
        lost phases          %d
        failed activities    %d
        woken zombies        %d: attempts that were stopped until another had committed
        MLflow               %s
        steps done again     %d; the most of one attempt %s of training, checkpoints every %.0f s
        recovery             p95 %s, at most %s
        """
            .formatted(
                report.kills(),
                report.midTraining(),
                report.idleKills(),
                report.sameDigests() ? "yes" : "NO",
                report.duplicateCommits(),
                report.lostPhases(),
                report.failedActivities(),
                report.zombies(),
                report.trackedRuns() == null
                    ? "not compared: tracker was no target"
                    : report.trackedRuns() + " runs compared with the manifests",
                report.redoneSteps(),
                seconds(report.largestRedoneSeconds()),
                report.checkpointSeconds(),
                seconds(report.p95RecoverySeconds()),
                seconds(report.maxRecoverySeconds())));
    report
        .differences()
        .forEach(difference -> text.append("DIFFERENCE ").append(difference).append('\n'));
    return text.toString();
  }

  private static String line(String word, OfTarget target) {
    return "%-10s %6d %8d %10d %12s %12s %12s %12s %12s%n"
        .formatted(
            word,
            target.kills(),
            target.pauses(),
            target.unneeded(),
            seconds(target.p95KilledSeconds()),
            seconds(target.p95StoppedSeconds()),
            seconds(target.maxRecoverySeconds()),
            seconds(target.restartSeconds()),
            seconds(target.readySeconds()));
  }

  private static String seconds(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.1f s", value);
  }
}
