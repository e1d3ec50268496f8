package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The loss as a function of phi, in a first task, where no part of it is held constant. */
class SeedLossTest {
  private static final int W2 = 112;
  private static final int B2 = 160;
  private static final int BETA = 163;

  private SeedUpdateLoop loop;
  private TaskSeeds constants;
  private boolean[] held;

  @BeforeEach
  void prepare() {
    TaskInputs task = SyntheticTasks.of(5).get(0);
    AutoSeed strategy = new AutoSeed(AutoSeedSettings.defaults(), Device.cpu());
    PhaseInput adapt = TaskPhases.input(LearningPhase.ADAPT, 0, 5, LearnerState.empty(), task);
    LearnerState adapted =
        PhaseDriver.run(strategy, adapt, Optional.empty(), StepObserver.NONE).state();
    PhaseInput input = TaskPhases.input(LearningPhase.SEED_UPDATE, 0, 5, adapted, task);
    loop = new SeedUpdateLoop(AutoSeedSettings.defaults(), input, Device.cpu());
    TaskSamples samples = TaskSamples.of(loop.manager, input);
    constants = TaskSeeds.prepare(loop, samples);
    held = HoldOut.choose(samples.labels(), 5, 1, loop.input.random("hold-out", 0));
  }

  @AfterEach
  void free() {
    loop.close();
  }

  /** Some phi away from its start; sigma, which is not differentiated, stays 1. */
  private static float[] phi() {
    float[] phi = CounterRandom.of(2, 0, "phi", 0).gaussians(GeneratorState.SIZE);
    for (int i = 0; i < phi.length; i++) {
      phi[i] *= 0.3f;
    }
    for (int i = 0; i < 16; i++) {
      phi[W2 + 16 + i] = 0;
    }
    phi[B2 + 1] = 0;
    phi[BETA] = 0.4f;
    return phi;
  }

  private NDArray loss(NDArray phi) {
    SeedGenerator generator = SeedGenerator.of(phi, AutoSeedSettings.Trust.ESTIMATED);
    Anchors anchors = constants.source().anchors(generator.beta(), held);
    SeedGenerator.Seeds seeds = generator.seeds(anchors, constants.prior());
    return constants.loss().of(seeds, held, purpose -> loop.input.random(purpose, 0)).total();
  }

  private float[] gradient(float[] at) {
    NDManager manager = loop.manager;
    JniUtils.setGradMode(true);
    try {
      NDArray leaf = manager.create(at);
      leaf.setRequiresGradient(true);
      NDArray value = loss(leaf);
      JniUtils.backward((PtNDArray) value, (PtNDArray) value.onesLike(), false, false);
      return leaf.getGradient().toFloatArray();
    } finally {
      JniUtils.setGradMode(false);
    }
  }

  @Test
  void its_gradient_equals_differences_of_the_loss() {
    float[] phi = phi();
    float[] gradient = gradient(phi);
    int[] some = {0, 7, 50, 95, 97, 110, W2, W2 + 10, W2 + 40, B2, B2 + 2, BETA};
    float step = 0.02f;
    for (int i : some) {
      float[] more = phi.clone();
      float[] less = phi.clone();
      more[i] += step;
      less[i] -= step;
      double difference =
          (Expressions.value(loss(loop.manager.create(more)))
                  - Expressions.value(loss(loop.manager.create(less))))
              / (more[i] - less[i]);
      assertThat((double) gradient[i])
          .as("phi[%d]", i)
          .isCloseTo(difference, within(2e-4 + 0.02 * Math.abs(difference)));
    }
  }

  @Test
  void every_part_of_phi_is_reached() {
    float[] gradient = gradient(phi());
    int[][] parts = {
      {0, 96}, {96, 112}, {112, 128}, {144, 160}, {160, 161}, {162, 163}, {163, 164}
    };
    for (int[] part : parts) {
      double sum = 0;
      for (int i = part[0]; i < part[1]; i++) {
        sum += Math.abs(gradient[i]);
      }
      assertThat(sum).as("phi[%d..%d)", part[0], part[1]).isPositive();
    }
  }
}
