package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import io.autoseed.learning.vae.Decoder;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Deep generative replay (Shin et al. 2017, arXiv 1705.08690, section 3.2) in embedding space: one
 * generator for the past. REPLAY draws from it, and the learner as it is labels what was drawn;
 * ADAPT trains the learner, half of each batch the task's (r = 1/2 of eq. 1); SEED_UPDATE trains
 * the generator on both ({@link GeneratorLoop}). Differs from the paper in that the generator is a
 * variational autoencoder of embeddings, not a Wasserstein GAN of images, that its rows are
 * standardised anew in each task by what it is trained on there, the task's examples and the draws,
 * and that learner and generator go on from their weights. Without steps it is the zero-shot
 * classifier exactly.
 *
 * <p>State: the adapter and its statistics, the generator ({@link KeptGenerator}).
 */
public final class GenerativeReplay extends KeyStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "generative-replay",
          "draws of one generator of the past replayed beside the task",
          "Shin et al. 2017, arXiv 1705.08690; in embedding space",
          Schedule.settings(
              new Setting.Whole(
                  "generator-steps", "Adam steps of the generator a task", 1000, 0, 100_000_000),
              new Setting.Real("generator-rate", "the generator's learning rate", 0.001, 1e-8, 10),
              new Setting.Whole("drawn", "examples drawn of the past a task", 2048, 1, 65_536)),
          (settings, device) ->
              new GenerativeReplay(
                  Schedule.of(settings),
                  (Integer) settings.get("generator-steps"),
                  (Double) settings.get("generator-rate"),
                  (Integer) settings.get("drawn"),
                  device));

  private static final String REPLAY = "task-replay";

  private final Schedule generating;
  private final int drawn;

  GenerativeReplay(
      Schedule schedule, int generatorSteps, double generatorRate, int drawn, Device device) {
    super(FACTORY.name(), 1, schedule, device);
    this.generating =
        new Schedule(generatorSteps, generatorRate, schedule.batchSize(), RateSchedule.COSINE);
    this.drawn = drawn;
  }

  @Override
  protected PhaseLoop replay(PhaseInput input) {
    return KeptGenerator.in(input.state())
        ? ClosedForm.leaving(() -> input.state().with(REPLAY, drawn(input)))
        : ClosedForm.unchanged(input);
  }

  private TensorBundle drawn(PhaseInput input) {
    Decoder decoder = KeptGenerator.of(input.state()).decoder();
    float[] noise =
        input.random("drawn", 0).gaussians(Math.multiplyExact(drawn, decoder.shape().latent()));
    try (NDManager manager = Torch.newManager(device())) {
      Tensor images = NdArrays.toTensor(decoder.draw(manager, noise));
      int[] labels = answers(KeyAdapter.of(input.state()).classifier(), images);
      return TensorBundle.of(Map.of("image", images, "label", Tensor.of(labels, drawn)));
    }
  }

  /** The class of the highest score of each image. */
  private static int[] answers(LinearClassifier learner, Tensor images) {
    float[] scores = learner.scores(images).floats();
    int[] classes = learner.classes();
    int[] answers = new int[images.size(0)];
    for (int i = 0; i < answers.length; i++) {
      int best = 0;
      for (int c = 1; c < classes.length; c++) {
        int from = i * classes.length;
        best = scores[from + c] > scores[from + best] ? c : best;
      }
      answers[i] = classes[best];
    }
    return answers;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    TrainingSet task = input.trainingSet().orElseThrow();
    if (!input.state().has(REPLAY)) {
      return trainOnTask(input);
    }
    TensorBundle replay = input.state().get(REPLAY);
    TensorBundle ofTask =
        TensorBundle.of(
            Map.of("image", task.images(), "label", Tensor.of(task.labels(), task.count())));
    TensorBundle all = Rows.append(ofTask, replay);
    int size = schedule().batchSize();
    return train(
        input,
        new TrainingSet(all.get("image"), all.get("label").ints()),
        (training, i) -> training.step(i, Batches.halves(input, i, size, task.count(), drawn)),
        UnaryOperator.identity());
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    LearnerState state = input.state();
    int d = input.classes().texts().size(1);
    Tensor replay =
        state.has(REPLAY) ? state.get(REPLAY).get("image") : Tensor.of(new float[0], 0, d);
    return new GeneratorLoop(input, generating, replay, state.without(REPLAY), device());
  }
}
