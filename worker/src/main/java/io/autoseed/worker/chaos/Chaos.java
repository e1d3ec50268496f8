package io.autoseed.worker.chaos;

import io.autoseed.activities.catalog.Reuse;
import io.autoseed.activities.catalog.RunHistory;
import io.autoseed.activities.catalog.Runs;
import io.autoseed.activities.phase.Submission;
import io.autoseed.infra.stack.LocalStack;
import io.autoseed.worker.process.CodeVersion;
import io.autoseed.worker.process.StackClient;
import io.autoseed.worker.report.Numbers;
import io.autoseed.workflows.RunPolicy;
import io.autoseed.workflows.TaskQueues;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The proof of durability: a sequence is learned undisturbed, then again and again while processes
 * of the stack are killed at random, until enough kills have hit work in progress; then everything
 * that the runs left in the store and in the catalog is compared.
 *
 * <p>No run takes over anything from another, features included, so that encoding is killed, too.
 */
public final class Chaos implements AutoCloseable {
  private static final Duration HEALTH_PATIENCE = Duration.ofMinutes(2);

  private final LocalStack stack;
  private final ChaosPlan plan;
  private final Consumer<String> progress;
  private final StackClient client;
  private final KillPace pace = new KillPace();
  private final StepLedger steps = new StepLedger();
  private final TargetDeck deck;
  private volatile Striker striker;
  private volatile boolean closed;

  /**
   * @param client of the same stack; closed with this
   * @param progress is told what was killed, when and where, and how it went on
   */
  public Chaos(LocalStack stack, StackClient client, ChaosPlan plan, Consumer<String> progress) {
    this.stack = stack;
    this.client = client;
    this.plan = plan;
    this.progress = progress;
    this.deck = new TargetDeck(plan.targets(), new Random(plan.randomSeed()));
  }

  /**
   * Refuses a stack on which chaos would harm others or prove nothing.
   *
   * @param force whether other open runs may be disturbed, too
   * @throws ChaosException with what is in the way
   */
  public void check(boolean force) {
    List<String> open = new RunHistory(client.catalog()).open();
    boolean polled = client.temporal().polled(TaskQueues.control(plan.profile())).orElse(true);
    new Precautions(stack.supervised(), polled, open).require(plan, force);
  }

  /**
   * Makes the proof. A run that is lost under its strikes ends it early, as does any mishap once a
   * kill has hit, and is a difference.
   *
   * @throws ChaosException if it could not be made, as when the undisturbed run fails; whether it
   *     holds, the report says
   * @throws LostRunException if the undisturbed run does not go on
   */
  public ChaosReport prove() {
    String undisturbed = plan.name() + "-undisturbed";
    Instant started = Instant.now();
    submit(undisturbed);
    progress.accept("undisturbed first: autoseed watch " + undisturbed + " shows how far it is");
    disturb(undisturbed, 0, 0, new ArrayList<>());
    new Runs(client.catalog())
        .find(undisturbed)
        .ifPresent(run -> Precautions.requireDone(run.id(), run.state(), run.failure()));
    double seconds = seconds(started);
    progress.accept("done in %.1f s; now with kills".formatted(seconds));
    DisturbedRuns disturbed = new DisturbedRuns(plan.name(), plan.kills(), new ToldRound());
    Aftermath aftermath = new Aftermath(client);
    Optional<String> early = disturbed.learn();
    if (closed) {
      throw new ChaosException("interrupted");
    }
    early.ifPresent(
        why -> {
          progress.accept(why);
          aftermath.differ(why);
        });
    return report(undisturbed, seconds, disturbed, aftermath);
  }

  private void submit(String run) {
    awaitHealthy();
    Submission wish =
        Submission.of(run, plan.sequence(), plan.profile(), CodeVersion.current())
            .withReuse(Reuse.NONE);
    client.submission().submit(wish);
  }

  /**
   * Sees a run to its end under at most {@code wanted} strikes that hit; the undisturbed one is
   * number 0.
   *
   * @param results takes how the run took each strike, also if this throws
   */
  private void disturb(String run, int number, int wanted, List<StrikeResult> results) {
    Random random = new Random(31 * plan.randomSeed() + number);
    try (RunWatch watch =
            new RunWatch(run, client.catalog(), client.store(), client.temporal().client());
        Striker blows = new Striker(stack, heartbeat(), random, pace)) {
      striker = blows;
      Disturber disturber =
          new Disturber(stack, watch, blows, deck, random, steps, new ToldJournal(Instant.now()));
      try {
        disturber.disturb(wanted);
      } finally {
        results.addAll(disturber.results());
      }
    }
  }

  private static Duration heartbeat() {
    return Duration.ofSeconds(RunPolicy.DEFAULT.heartbeatSeconds());
  }

  private void awaitHealthy() {
    Instant deadline = Instant.now().plus(HEALTH_PATIENCE);
    try {
      while (!stack.status().healthy()) {
        if (Instant.now().isAfter(deadline)) {
          throw new ChaosException(
              "the stack was not healthy again after %d s: autoseed status says what is wrong"
                  .formatted(HEALTH_PATIENCE.toSeconds()));
        }
        TimeUnit.MILLISECONDS.sleep(300);
      }
      client.temporal().awaitService();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChaosException("interrupted", e);
    }
  }

  private ChaosReport report(
      String undisturbed, double seconds, DisturbedRuns disturbed, Aftermath aftermath) {
    progress.accept("comparing what the runs left in the store, in the catalog and in MLflow");
    try {
      awaitHealthy();
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw e;
      }
      aftermath.differ(ChaosException.why(e));
    }
    List<Member> reference = aftermath.members(List.of(undisturbed));
    List<Member> members = aftermath.members(disturbed.runs());
    Optional<Comparison> comparison =
        reference.stream().findFirst().map(alone -> Comparison.of(alone, members));
    comparison.ifPresent(found -> found.differences().forEach(aftermath::differ));
    steps.beyond(Submission.CHECKPOINT_SECONDS).forEach(aftermath::differ);
    Integer tracked =
        plan.targets().contains(Target.TRACKER)
            ? (Integer)
                aftermath.compareTracking(
                    Stream.concat(reference.stream(), members.stream()).toList())
            : null;
    List<StrikeResult> hits = disturbed.hits();
    List<Double> recoveries = StrikeResult.recoveries(hits);
    return new ChaosReport(
        hits.size(),
        disturbed.idle(),
        (int) hits.stream().filter(result -> result.strike().inTraining()).count(),
        ChaosReport.byTarget(plan.targets(), hits),
        comparison.map(Comparison::sameDigests).orElse(false)
            && members.size() == disturbed.runs().size(),
        comparison.map(Comparison::duplicateCommits).orElse(0),
        comparison.map(Comparison::lostPhases).orElse(0),
        steps.redoneSteps(),
        steps.largestRedoneSeconds(),
        Submission.CHECKPOINT_SECONDS,
        heartbeat().toSeconds(),
        members.stream().mapToInt(Member::failedActivities).sum(),
        aftermath.zombies(hits),
        tracked,
        Quantiles.largest(recoveries),
        Quantiles.p95(recoveries),
        plan.sequence().document().name(),
        plan.randomSeed(),
        Target.WORKER.among(stack.supervised()).size(),
        undisturbed,
        seconds,
        disturbed.runs(),
        aftermath.differences());
  }

  private static double seconds(Instant since) {
    return Duration.between(since, Instant.now()).toMillis() / 1e3;
  }

  private final class ToldRound implements DisturbedRuns.Round {
    @Override
    public void submit(String run) {
      progress.accept("run " + run);
      Chaos.this.submit(run);
    }

    @Override
    public void disturb(String run, int number, int wanted, List<StrikeResult> results) {
      Chaos.this.disturb(run, number, wanted, results);
    }
  }

  /** Tells each strike in two lines: what and where, and how it went on. */
  private final class ToldJournal implements Disturber.Journal {
    private final Instant start;

    ToldJournal(Instant start) {
      this.start = start;
    }

    @Override
    public void struck(Strike strike) {
      String length =
          strike.kind() == Strike.Kind.PAUSE ? " for %.1f s".formatted(strike.pauseSeconds()) : "";
      progress.accept(
          "%7.1f s  %s %s%s %s%s"
              .formatted(
                  Duration.between(start, strike.at()).toMillis() / 1e3,
                  strike.kind().verb(),
                  String.join(" and ", strike.components()),
                  length,
                  strike.target() == Target.TRACKER
                      ? "with %s to be told"
                          .formatted(
                              Numbers.counted(strike.before().rows().undelivered(), "row", "rows"))
                      : "in " + strike.before().describe(),
                  strike.inWork() ? "" : " (idle: does not count)"));
    }

    @Override
    public void wentOn(StrikeResult result) {
      progress.accept(
          "           went on after %.1f s with %s"
              .formatted(result.recoverySeconds(), result.by()));
    }
  }

  /** Leaves the stack whole: what was stopped goes on, what was killed the supervisor restarts. */
  @Override
  public void close() {
    closed = true;
    Striker last = striker;
    if (last != null) {
      last.close();
    }
    client.close();
  }
}
