package io.autoseed.learning.autoseed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.evaluation.TaskInputs;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.local.PhaseDriver;
import io.autoseed.learning.local.StepObserver;
import io.autoseed.learning.local.TaskPhases;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LearningPhase;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How classes known by name alone are scored (E7), and how ADAPT measures beta and b_u. */
class UpcomingClassesTest {
  private static final List<TaskInputs> TASKS = SyntheticTasks.of(5, 3, 4);
  private static final int SEEN = 8;
  private static final AutoSeedSettings FULL = AutoSeedSettings.defaults();

  private final LearnerState learned = Learned.with(FULL, TASKS.subList(0, 2)).state();
  private final TaskInputs next = TASKS.get(2);
  private NDManager manager;

  @BeforeEach
  void open() {
    manager = Torch.newManager(Device.cpu());
  }

  @AfterEach
  void free() {
    manager.close();
  }

  private Statistics statistics(LearnerState state) {
    return Statistics.of(state, SyntheticTasks.D);
  }

  private NDArray scores(LearnerState state, TaskClasses upcoming) {
    try (Classifier classifier = new AutoSeed(FULL, Device.cpu()).classifier(state, upcoming)) {
      return NdArrays.toArray(manager, classifier.scores(next.testImages()));
    }
  }

  private LearnerState with(double bias, double beta) {
    Statistics before = statistics(learned);
    return learned.with(
        Statistics.NAME,
        new Statistics(
                before.within(),
                before.withinSeeds(),
                before.lambda(),
                before.losses(),
                bias,
                beta,
                before.looks())
            .bundle());
  }

  /** w_u - mean of the seen names. */
  private NDArray contrasts() {
    NDArray seen = Adapter.of(learned, SyntheticTasks.D).names(manager);
    return Adapter.names(manager, next.classes()).sub(Expressions.meanRow(seen));
  }

  @Test
  void bias_and_beta_are_added_to_upcoming_classes_and_to_no_others() {
    NDArray plain = scores(with(0, 0), next.classes());
    NDArray shifted = scores(with(12, 7), next.classes());
    NDArray alone = scores(with(12, 7), TaskClasses.none(SyntheticTasks.D));
    NDArray byEncoders =
        NdArrays.toArray(manager, next.testImages()).matMul(contrasts().transpose());

    assertThat(shifted.get(":, :" + SEEN).toFloatArray())
        .containsExactly(alone.toFloatArray(), within(1e-4f));
    assertThat(shifted.sub(plain).get(":, " + SEEN + ":").toFloatArray())
        .containsExactly(byEncoders.mul(7).add(12 / 4.0).toFloatArray(), within(1e-3f));
  }

  @Test
  void replay_draws_lie_in_the_space_of_the_embeddings() {
    TensorBundle replay = phase(learned, LearningPhase.REPLAY, next).get(ReplayLoop.RESULT);
    NDArray draws = NdArrays.toArray(manager, replay.get("draws"));
    NDArray seeds = SeedBank.of(learned, SyntheticTasks.D).vectors(manager);
    double ratio = meanNorm(draws) / meanNorm(seeds);

    assertThat(ratio).isBetween(0.5, 2.0);
    assertThat(meanNorm(seeds.matMul(whitening())) / meanNorm(seeds)).isGreaterThan(3);
  }

  private static double meanNorm(NDArray rows) {
    return rows.pow(2).sum(new int[] {1}).sqrt().mean().getFloat();
  }

  /** A of what was learned. */
  private NDArray whitening() {
    Statistics before = statistics(learned);
    return Whitening.of(manager, before.within(), before.lambda())
        .a()
        .toType(DataType.FLOAT32, false);
  }

  private LearnerState phase(LearnerState from, LearningPhase phase, TaskInputs task) {
    return PhaseDriver.run(
            new AutoSeed(FULL, Device.cpu()),
            TaskPhases.input(phase, 2, Learned.RANDOM_SEED, from, task),
            Optional.empty(),
            StepObserver.NONE)
        .state();
  }

  /** Put together anew from what REPLAY left and the images of the task. */
  @Test
  void a_first_look_is_at_the_scores_that_the_classifier_gives() {
    assertThat(Stream.of(next, alike()).map(this::requireSameLook).distinct()).hasSize(2);
  }

  /** The same classes with images of one that was learned: they take more bias to be named. */
  private TaskInputs alike() {
    TrainingSet old = TASKS.get(0).training();
    int[] labels =
        Arrays.stream(old.labels()).map(c -> SEEN + c % next.classes().count()).toArray();
    return new TaskInputs(
        next.classes(),
        new TrainingSet(old.images(), labels),
        next.testImages(),
        next.testLabels(),
        next.centre());
  }

  /** The look that both ways lead to. */
  private FirstLook requireSameLook(TaskInputs task) {
    LearnerState replayed = phase(learned, LearningPhase.REPLAY, task);
    TensorBundle replay = replayed.get(ReplayLoop.RESULT);
    NDArray images = NdArrays.toArray(manager, task.training().images());
    NDArray draws = NdArrays.toArray(manager, replay.get("draws"));
    int[] drawn = replay.get("draw-class").ints();
    int[] labels = task.training().labels(); // of classes from SEEN on

    FirstLook look = FirstLook.at(samples(images, labels), samples(draws, drawn), FULL.zeroShot());
    Statistics expected = look.applied(statistics(learned));
    Statistics found = statistics(phase(replayed, LearningPhase.ADAPT, task));

    assertThat(found.beta()).isEqualTo(expected.beta());
    assertThat(found.bias()).isEqualTo(expected.bias());
    assertThat(found.looks()).isEqualTo(2);
    return look;
  }

  private FirstLook.Samples samples(NDArray e, int[] labels) {
    LearnerState plain = with(0, 0);
    Tensor images = NdArrays.toTensor(e);
    NDArray logits;
    try (Classifier classifier =
        new AutoSeed(FULL, Device.cpu()).classifier(plain, next.classes())) {
      logits = NdArrays.toArray(manager, classifier.scores(images));
    }
    NDArray y = Expressions.oneHot(manager, labels, SEEN + next.classes().count());
    return new FirstLook.Samples(logits, e.matMul(contrasts().transpose()), y);
  }
}
