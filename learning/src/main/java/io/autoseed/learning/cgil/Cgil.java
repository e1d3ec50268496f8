package io.autoseed.learning.cgil;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.Torch;

/**
 * CGIL (Frascaroli et al. 2024, arXiv 2407.15793) on frozen embeddings: an autoencoder a class of
 * the task ({@link VaeLoop}), then keys trained on examples that the autoencoders of all classes
 * draw ({@link AlignmentLoop}). Differs from the paper in that what is learned is added to the text
 * embedding ({@link AlignedKeys}) in the place of going through the text tower as a prompt, and
 * therefore in the learning rate and the scale of the logits; in that the weight decay is that of
 * the authors' code, 0; in what the keys' network normalises by and starts from ({@link
 * AlignedKeys}); and in that training stops early unless told not to ({@link EarlyStop}). Scores
 * are the logits of training, scale cos(x, key); classes to come are scored by their names alone.
 *
 * <p>State: a float16 decoder a class ({@link Generators}), the keys' network and offsets, text
 * embeddings 4 d bytes a class.
 */
public final class Cgil extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "cgil",
          "an autoencoder a class; keys trained on what the autoencoders draw",
          "Frascaroli et al. 2024, arXiv 2407.15793; on frozen embeddings",
          CgilSettings.ALL,
          (settings, device) -> new Cgil(CgilSettings.of(settings), device));

  private final CgilSettings settings;
  private final Device device;

  Cgil(CgilSettings settings, Device device) {
    super(FACTORY.name(), 2);
    this.settings = settings;
    this.device = device;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return new VaeLoop(settings, input, device);
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return new AlignmentLoop(settings, input, device);
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    TaskClasses all = upcoming.behind(state);
    Tensor keys = AlignedKeys.in(state) ? keys(state, upcoming) : all.texts();
    float[] scaled = keys.floats();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= (float) settings.scale();
    }
    return new LinearClassifier(
        all.numbers(), Tensor.of(scaled, keys.shape()), new float[all.count()]);
  }

  private Tensor keys(LearnerState state, TaskClasses upcoming) {
    Tensor learned = TaskClasses.of(state.get(TaskClasses.NAME)).texts();
    try (NDManager manager = Torch.newManager(device)) {
      return Rows.append(AlignedKeys.of(state).keys(manager, learned), upcoming.texts());
    }
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }
}
