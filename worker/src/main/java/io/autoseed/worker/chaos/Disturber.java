package io.autoseed.worker.chaos;

import io.autoseed.activities.phase.Submission;
import io.autoseed.infra.stack.LocalStack;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * Strikes at the stack while one run is on: each time once the run has committed or checkpointed a
 * few times since the last strike, at random one to four times, and after a random moment more, as
 * long at most as it is from one checkpoint to the next. So the run always gets somewhere, and no
 * phase takes all the strikes.
 */
final class Disturber {
  /** Where a strike fell and how the run went on, as it happens. */
  interface Journal {
    void struck(Strike strike);

    void wentOn(StrikeResult result);
  }

  private static final Duration LOOK = Duration.ofMillis(200);

  /** A request sent before the strike is answered by then; no worker and no MLflow is back. */
  private static final Duration SETTLING = Duration.ofMillis(500);

  /** So that strikes fall at any time between two checkpoints. */
  private static final int LONGEST_WAIT_MILLIS = (int) (Submission.CHECKPOINT_SECONDS * 1000);

  private static final int MOST_COMMITS_BETWEEN = 4;
  private static final int SHARDS_A_COMMIT = 8;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration TELLING_PATIENCE = Duration.ofSeconds(20);
  private static final Duration LONGEST_STANDSTILL = Duration.ofMinutes(10);

  private final LocalStack stack;
  private final RunWatch watch;
  private final Striker striker;
  private final TargetDeck deck;
  private final Random random;
  private final StepLedger steps;
  private final Journal journal;
  private final Patience patience = new Patience(LONGEST_STANDSTILL, InstantSource.system());
  private final List<StrikeResult> results = new ArrayList<>();
  private final Map<String, CompletableFuture<Optional<RestartTimer.Restart>>> restarts =
      new HashMap<>();
  private final Set<String> durable = new HashSet<>();
  private Sighting now = Sighting.NONE;

  Disturber(
      LocalStack stack,
      RunWatch watch,
      Striker striker,
      TargetDeck deck,
      Random random,
      StepLedger steps,
      Journal journal) {
    this.stack = stack;
    this.watch = watch;
    this.striker = striker;
    this.deck = deck;
    this.random = random;
    this.steps = steps;
    this.journal = journal;
  }

  /**
   * Strikes until enough strikes have hit work in progress or the run has ended, then waits for its
   * end.
   *
   * @param wanted strikes that have to hit work in progress
   * @throws LostRunException if the run does not go on within five minutes of a strike, or stands
   *     still for ten
   */
  void disturb(int wanted) {
    int hits = 0;
    while (hits < wanted && reached(advance() + 1 + random.nextInt(MOST_COMMITS_BETWEEN))) {
      idle(Duration.ofMillis(random.nextInt(LONGEST_WAIT_MILLIS)));
      Striker.Aim aim = deck.draw(striker::aim);
      if (hit(aim)) {
        hits++;
      } else {
        deck.putBack(aim);
      }
    }
    while (!now.ended()) {
      idle(LOOK);
    }
  }

  /** What was done so far, and how the run took it. */
  List<StrikeResult> results() {
    return List.copyOf(results);
  }

  /** Commits and checkpoints so far; encoded shards, of which there are many, in eights. */
  private int advance() {
    int shards = (int) durable.stream().filter(key -> key.startsWith("features/")).count();
    return durable.size() - shards + shards / SHARDS_A_COMMIT;
  }

  /** Waits until the run has advanced so far; false if it ended before. */
  private boolean reached(int advance) {
    look();
    while (!now.ended() && advance() < advance) {
      Pause.of(LOOK);
      look();
    }
    return !now.ended();
  }

  /** Strikes; false if that hit no work in progress, or the run ended before. */
  private boolean hit(Striker.Aim aim) {
    while (!striker.ready(aim) || !restarted(aim)) {
      idle(LOOK);
      if (now.ended()) {
        return false;
      }
    }
    see(watch.lookClosely());
    if ((aim.target() == Target.TRACKER && !awaitSomethingToTell()) || now.ended()) {
      return false;
    }
    Optional<Strike> strike = striker.strike(aim, now);
    return strike.isPresent() && follow(strike.get()).strike().inWork();
  }

  /** Waits until there are rows that MLflow has not been told; false if none come. */
  private boolean awaitSomethingToTell() {
    Instant deadline = Instant.now().plus(TELLING_PATIENCE);
    while (now.rows().undelivered() == 0) {
      if (now.ended() || Instant.now().isAfter(deadline)) {
        return false;
      }
      Pause.of(LOOK);
      see(watch.lookClosely());
    }
    return true;
  }

  /** Whether what is aimed at has come back from an earlier strike. */
  private boolean restarted(Striker.Aim aim) {
    return aim.components().stream()
        .allMatch(name -> !restarts.containsKey(name) || restarts.get(name).isDone());
  }

  /** Waits for the run's next progress that needs what was hit. */
  private StrikeResult follow(Strike sent) {
    steps.struck(sent);
    if (sent.kind() != Strike.Kind.PAUSE) {
      for (String component : sent.components()) {
        restarts.put(component, RestartTimer.start(stack, component, sent.victims(), sent.at()));
      }
    }
    Sighting baseline = settled(sent);
    see(baseline);
    boolean nothingToTell = sent.target() == Target.TRACKER && baseline.rows().undelivered() == 0;
    Strike strike = nothingToTell ? sent.missed() : sent;
    journal.struck(strike);
    StrikeResult result = await(new Recovery(strike, baseline), strike);
    results.add(result);
    journal.wentOn(result);
    return result;
  }

  /** The run when what was under way at the strike, which is no progress, has come to an end. */
  private Sighting settled(Strike strike) {
    return switch (strike.target()) {
      case WORKER, TRACKER -> {
        Pause.of(SETTLING);
        yield watch.lookClosely();
      }
      case TEMPORAL, STORE, CATALOG -> strike.before();
    };
  }

  private StrikeResult await(Recovery recovery, Strike strike) {
    Instant deadline = strike.at().plus(PATIENCE);
    Sighting back = null;
    Optional<String> sign = Optional.empty();
    boolean unneeded = false;
    while (sign.isEmpty() && !unneeded) {
      requireBefore(deadline);
      Pause.of(LOOK);
      look();
      sign = recovery.sign(now);
      unneeded = back != null && recovery.unneeded(back, now, stopped());
      if (back == null && answerAgain(strike.components())) {
        back = now;
      }
    }
    double waited = seconds(strike.at(), Instant.now());
    boolean bridged = strike.standIn() || waited < strike.pauseSeconds();
    return new StrikeResult(
        strike,
        bridged ? waited : waited - strike.pauseSeconds(),
        sign.isPresent(),
        sign.orElse("a step, nothing having waited for it"),
        strike.kind() == Strike.Kind.PAUSE
            ? List.of()
            : strike.components().stream().map(restarts::get).toList());
  }

  private Set<Long> stopped() {
    Instant time = Instant.now();
    return results.stream()
        .flatMap(result -> result.strike().stoppedAt(time).stream())
        .collect(Collectors.toSet());
  }

  private boolean answerAgain(List<String> killed) {
    return killed.stream()
        .map(restarts::get)
        .allMatch(restart -> restart != null && restart.isDone() && restart.join().isPresent());
  }

  private void idle(Duration length) {
    Instant until = Instant.now().plus(length);
    do {
      look();
      Pause.of(LOOK);
    } while (Instant.now().isBefore(until) && !now.ended());
  }

  private void look() {
    see(watch.look());
  }

  private void see(Sighting sighting) {
    now = sighting;
    durable.addAll(now.rows().commits());
    durable.addAll(now.durable());
    steps.look(now);
    patience.see(now);
  }

  private void requireBefore(Instant deadline) {
    if (Instant.now().isAfter(deadline)) {
      throw new LostRunException(
          "the run has not gone on for %d s (%s, %s): autoseed status, and the workers' logs in AUTOSEED_HOME/logs"
              .formatted(PATIENCE.toSeconds(), now.rows().state(), now.describe()));
    }
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 1e3;
  }
}
