package io.autoseed.worker.chaos;

import io.autoseed.activities.catalog.MetricOutbox;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.TrackedRun;
import io.autoseed.activities.tracking.TrackingCheck;
import io.autoseed.worker.process.StackClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads what the runs left in the store, in the catalog and in MLflow. What cannot be read is a
 * difference like any other: a proof that fails still says all it knows.
 */
final class Aftermath {
  private static final Duration LONGEST_SILENCE = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofMillis(500);

  private final StackClient client;
  private final RunHistory history;
  private final List<String> differences = new ArrayList<>();

  Aftermath(StackClient client) {
    this.client = client;
    this.history = new RunHistory(client.catalog());
  }

  /** Everything that is wrong so far, one line each. */
  List<String> differences() {
    return List.copyOf(differences);
  }

  void differ(String difference) {
    differences.add(difference);
  }

  /** The runs that can be read, in order. */
  List<Member> members(List<String> runs) {
    MemberReader reader =
        new MemberReader(client.store(), client.catalog(), client.temporal().client());
    List<Member> members = new ArrayList<>();
    runs.forEach(run -> attempt(run, () -> reader.read(run)).ifPresent(members::add));
    return members;
  }

  /** Attempts that woke when another had committed their phase. */
  int zombies(List<StrikeResult> results) {
    return attempt(
            "counting zombies",
            () ->
                Zombies.woken(
                    results,
                    run -> history.phases(run).map(RunHistory.Phases::phases).orElse(List.of())))
        .orElse(0);
  }

  /**
   * Waits until MLflow has been told everything, then compares what it has with the manifests.
   *
   * @return how many MLflow runs the runs are worth
   */
  int compareTracking(List<Member> members) {
    MetricOutbox outbox = new MetricOutbox(client.catalog());
    int compared = 0;
    try (TrackingCheck check = client.trackingCheck()) {
      for (Member member : members) {
        compared += attempt(member.run(), () -> compareTracking(member, outbox, check)).orElse(0);
      }
    }
    return compared;
  }

  private int compareTracking(Member member, MetricOutbox outbox, TrackingCheck check) {
    String run = member.run();
    long left = awaitDelivery(run);
    if (left > 0) {
      differ(run + ": " + left + " rows were not delivered to MLflow: autoseed doctor says why");
      return 0;
    }
    Optional<TrackedRun> tracked = outbox.tracked(run, TrackedRun.WHOLE);
    if (tracked.isEmpty()) {
      differ(run + ": has no MLflow run");
      return 0;
    }
    check
        .differences(tracked.get(), member.manifests())
        .forEach(difference -> differ(run + ": " + difference));
    return 1 + (int) member.manifests().stream().map(m -> m.envelope().task()).distinct().count();
  }

  /** Waits for as long as rows are being delivered; returns how many are left. */
  private long awaitDelivery(String run) {
    long left = Long.MAX_VALUE;
    Instant changed = Instant.now();
    while (true) {
      long now = history.phases(run).orElseThrow().run().undelivered();
      if (now < left) {
        changed = Instant.now();
      }
      left = now;
      if (left == 0 || Duration.between(changed, Instant.now()).compareTo(LONGEST_SILENCE) > 0) {
        return left;
      }
      Pause.of(LOOK);
    }
  }

  /** What {@code read} returns; if it fails, unless it was interrupted, that is a difference. */
  private <T> Optional<T> attempt(String what, Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      differ(what + " could not be looked at: " + ChaosException.why(e));
      return Optional.empty();
    }
  }
}
