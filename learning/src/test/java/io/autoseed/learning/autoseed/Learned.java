package io.autoseed.learning.autoseed;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.tensor.SafeTensors;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Tasks learned in memory: the last state and the metrics of every phase of the last task. */
record Learned(LearnerState state, Map<LearningPhase, Map<String, Double>> metrics) {
  static final long RANDOM_SEED = 5;

  static Learned with(AutoSeedSettings settings, List<TaskInputs> tasks) {
    AutoSeed strategy = new AutoSeed(settings, Device.cpu());
    LearnerState state = LearnerState.empty();
    Map<LearningPhase, Map<String, Double>> metrics = new TreeMap<>();
    for (int t = 0; t < tasks.size(); t++) {
      for (LearningPhase phase : LearningPhase.values()) {
        PhaseResult result =
            PhaseDriver.run(
                strategy,
                TaskPhases.input(phase, t, RANDOM_SEED, state, tasks.get(t)),
                Optional.empty(),
                StepObserver.NONE);
        state = result.state();
        metrics.put(phase, result.metrics());
      }
    }
    return new Learned(state, metrics);
  }

  Statistics statistics() {
    return Statistics.of(state.get(Statistics.NAME));
  }

  SeedBank bank() {
    return SeedBank.of(state, SyntheticTasks.D);
  }

  /** SHA-256 over all objects of a state. */
  static String digest(LearnerState state) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      state.objects().values().forEach(bundle -> sha256.update(SafeTensors.encode(bundle)));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Prints the digest of two learned tasks: run as another process. */
  public static void main(String[] arguments) {
    System.out.println(digest(with(AutoSeedSettings.defaults(), SyntheticTasks.of(5, 3)).state()));
  }
}
