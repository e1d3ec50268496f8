package io.autoseed.activities.phase;

import io.autoseed.activities.commit.PhaseAttempt;
import io.autoseed.activities.store.Checkpoint;
import io.autoseed.activities.store.Checkpoints;
import io.autoseed.activities.store.StoredObject;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.tensor.TensorBundle;
import io.temporal.client.ActivityCompletionException;
import io.temporal.client.ActivityNotExistsException;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a learning phase so that a crash costs at most the time between two checkpoints: goes on
 * from the latest valid one, saves one every so often, and one more before it gives way to a
 * cancellation or the end of the worker. One instance an attempt.
 */
final class DurableLoop implements StepObserver {
  private static final Logger LOG = LoggerFactory.getLogger(DurableLoop.class);

  private final PhaseAttempt attempt;
  private final Checkpoints checkpoints;
  private final double checkpointSeconds;
  private final Pulse pulse;
  private final Computation computation;
  private final Stopping stopping;

  private int firstStep;
  private StoredObject saved;
  private long lastSaved;
  private double before;
  private double savedSeconds;
  private double saving;
  private long started;

  DurableLoop(PhaseAttempt attempt, double checkpointSeconds, Pulse pulse, Stopping stopping) {
    this.attempt = attempt;
    this.checkpoints = attempt.checkpoints();
    this.checkpointSeconds = checkpointSeconds;
    this.pulse = pulse;
    this.computation = new Computation(pulse);
    this.stopping = stopping;
  }

  /**
   * @param forkedFrom run whose checkpoint of this phase is as good as its own, or null
   */
  PhaseResult run(Strategy strategy, PhaseInput input, String forkedFrom) {
    Optional<Checkpoint> latest =
        checkpoints
            .latest()
            .or(() -> Optional.ofNullable(forkedFrom).flatMap(checkpoints::latestOf));
    before = latest.map(Checkpoint::computeSeconds).orElse(0.0);
    savedSeconds = before;
    firstStep = latest.map(Checkpoint::step).orElse(0);
    started = System.nanoTime();
    lastSaved = started;
    if (firstStep > 0) {
      LOG.info(
          "{} of task {} of {} goes on after step {}",
          input.phase(),
          input.task(),
          attempt.run(),
          firstStep);
    }
    Optional<PhaseDriver.Resume> resume =
        latest.map(known -> new PhaseDriver.Resume(known.step(), known.state()));
    pulse.check(); // while there is no step yet that would have to be finished
    return computation.of(() -> PhaseDriver.run(strategy, input, resume, this));
  }

  /** Seconds spent computing, earlier attempts up to their checkpoint included. */
  double computeSeconds() {
    return before + seconds(started) - saving;
  }

  @Override
  public void afterStep(int stepsDone, int steps, Supplier<TensorBundle> snapshot) {
    boolean last = stepsDone == steps;
    try {
      pulse.check();
    } catch (ActivityNotExistsException e) {
      // Another attempt has the phase. What this one saved since is not needed if it has finished.
      giveWay();
      throw e;
    } catch (ActivityCompletionException e) {
      save(stepsDone, snapshot);
      giveWay();
      throw e;
    }
    if (stopping.requested() && !last) {
      save(stepsDone, snapshot);
      giveWay();
      throw Stopping.handOver();
    }
    if (!last && seconds(lastSaved) >= checkpointSeconds) {
      save(stepsDone, snapshot);
    }
    pulse.progress(
        new LoopProgress(
            firstStep,
            stepsDone,
            steps,
            before,
            computeSeconds(),
            savedSeconds,
            saved == null ? null : saved.key(),
            saved == null ? null : saved.versionId(),
            saved == null ? null : saved.sha256()));
  }

  private void save(int stepsDone, Supplier<TensorBundle> snapshot) {
    long from = System.nanoTime();
    savedSeconds = computeSeconds();
    TensorBundle state = snapshot.get();
    saved = computation.asking(() -> checkpoints.save(stepsDone, state, savedSeconds));
    lastSaved = System.nanoTime();
    saving += (lastSaved - from) / 1e9;
  }

  private void giveWay() {
    computation.asking(
        () -> {
          attempt.giveWay();
          return null;
        });
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
