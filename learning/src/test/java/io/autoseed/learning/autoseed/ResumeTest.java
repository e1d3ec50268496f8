package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.Strategy;
import io.autoseed.learning.tensor.SafeTensors;
import io.autoseed.learning.tensor.TensorBundle;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Bits: from any snapshot, in any process. */
class ResumeTest {
  private static final Strategy STRATEGY =
      new AutoSeedFactory().create(Map.of("adaptation-steps", 20), Device.cpu());
  private static final List<TaskInputs> TASKS = SyntheticTasks.of(5, 3);

  @Test
  void every_phase_goes_on_from_every_step_to_the_same_bits() throws IOException {
    LearnerState state = LearnerState.empty();
    for (int t = 0; t < TASKS.size(); t++) {
      for (LearningPhase phase : LearningPhase.values()) {
        PhaseInput input = TaskPhases.input(phase, t, 5, state, TASKS.get(t));
        List<byte[]> snapshots = new ArrayList<>();
        PhaseResult whole =
            PhaseDriver.run(
                STRATEGY,
                input,
                Optional.empty(),
                (done, steps, snapshot) -> snapshots.add(SafeTensors.encode(snapshot.get())));
        for (int done = 1; done <= snapshots.size(); done++) {
          TensorBundle snapshot = SafeTensors.decode(snapshots.get(done - 1));
          PhaseResult resumed =
              PhaseDriver.run(
                  STRATEGY,
                  input,
                  Optional.of(new PhaseDriver.Resume(done, snapshot)),
                  StepObserver.NONE);
          assertThat(resumed).as("task %d %s after step %d", t, phase, done).isEqualTo(whole);
        }
        state = whole.state();
      }
    }
  }

  @Test
  void another_process_reaches_the_same_digest() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-cp",
                System.getProperty("java.class.path"),
                Learned.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String other =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(other)
        .isEqualTo(Learned.digest(Learned.with(AutoSeedSettings.defaults(), TASKS).state()));
  }

  @Test
  void garbage_collection_changes_no_bit() throws InterruptedException {
    String undisturbed = Learned.digest(Learned.with(AutoSeedSettings.defaults(), TASKS).state());
    AtomicBoolean collecting = new AtomicBoolean(true);
    Thread collector =
        new Thread(
            () -> {
              while (collecting.get()) {
                System.gc();
                LockSupport.parkNanos(1_000_000); // or the learning thread hardly gets a turn
              }
            });
    collector.start();
    try {
      assertThat(Learned.digest(Learned.with(AutoSeedSettings.defaults(), TASKS).state()))
          .isEqualTo(undisturbed);
    } finally {
      collecting.set(false);
      collector.join();
    }
  }

  @Test
  void replay_reads_nothing_of_the_task_but_names() {
    LearnerState state = Learned.with(AutoSeedSettings.defaults(), TASKS.subList(0, 1)).state();
    PhaseInput input =
        new PhaseInput(1, LearningPhase.REPLAY, 5, state, TASKS.get(1).classes(), Optional.empty());
    PhaseResult result = PhaseDriver.run(STRATEGY, input, Optional.empty(), StepObserver.NONE);
    assertThat(result.state().get(ReplayLoop.RESULT).get("upcoming-keys").size(0)).isEqualTo(3);
  }

  @Test
  void adaptation_without_examples_is_refused() {
    PhaseInput input =
        new PhaseInput(
            0,
            LearningPhase.ADAPT,
            5,
            LearnerState.empty(),
            TASKS.get(0).classes(),
            Optional.empty());
    assertThatThrownBy(() -> STRATEGY.open(input))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ADAPT needs the task's training set");
  }

  @Test
  void another_random_seed_gives_other_seeds() {
    PhaseInput five =
        TaskPhases.input(LearningPhase.ADAPT, 0, 5, LearnerState.empty(), TASKS.get(0));
    LearnerState adapted =
        PhaseDriver.run(STRATEGY, five, Optional.empty(), StepObserver.NONE).state();
    LearnerState first = seeds(adapted, 5);
    LearnerState second = seeds(adapted, 6);
    assertThat(first.get(SeedBank.NAME)).isNotEqualTo(second.get(SeedBank.NAME));
  }

  private static LearnerState seeds(LearnerState adapted, long randomSeed) {
    return PhaseDriver.run(
            STRATEGY,
            TaskPhases.input(LearningPhase.SEED_UPDATE, 0, randomSeed, adapted, TASKS.get(0)),
            Optional.empty(),
            StepObserver.NONE)
        .state();
  }
}
