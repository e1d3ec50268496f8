package io.autoseed.learning.proof;

import ai.djl.Device;
import io.autoseed.learning.baseline.KeptMeans;
import io.autoseed.learning.baseline.ReplayBuffer;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;

/**
 * PROOF (Zhou et al. 2023, arXiv 2305.19270) on frozen embeddings: a pair of linear projections a
 * task, of images and of texts, added to those of the tasks before, which stay; context prompts a
 * task, the earlier ones of which stay; class means as prototypes; and one self-attention over the
 * image, the prototypes, the texts and the prompts, trained on in every task ({@link
 * FusionNetwork}). The loss is the sum of the cross-entropies of the projected, the fused and the
 * prototype matching on the task and the features kept; an image's score is the sum of the three
 * logits.
 *
 * <p>A class to come, which the paper has none of, is scored by its name alone, three times its
 * projected matching, and is no part of the context. Before the first task the answer is the
 * zero-shot one exactly, and without steps the projected matching is.
 *
 * <p>Differs from the paper's text and the authors' code in that projections are added to the
 * embedding itself and start at 0, as do the attention's outputs (theirs at random, in the place of
 * the embedding); in that fused products are divided by d, so that all three matchings are cosines
 * times one scale at first; in Adam without weight decay or dropout; and in that the features kept
 * are float16 and drawn at random, not by herding. Where the two differ it follows the paper: a
 * fused text or prototype is each image's own (the code's is the mean over a batch, so an answer
 * hangs on the images beside it), the projected matching is learned by cross-entropy over classes
 * (the code's contrasts the texts of a batch), and earlier projections of texts stay (the code's
 * move).
 *
 * <p>State: {@link ProjectionFusion}, class means and text embeddings, 4 d + 4 bytes a class each,
 * and k features a class, 2 d + 4 bytes each.
 */
public final class Proof extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "proof",
          "projections added task by task, and one attention over prototypes, names and prompts",
          "Zhou et al. 2023, arXiv 2305.19270; on frozen embeddings",
          ProofSettings.ALL,
          (settings, device) -> new Proof(ProofSettings.of(settings), device));

  private final ProofSettings settings;
  private final Device device;

  Proof(ProofSettings settings, Device device) {
    super(FACTORY.name(), 2);
    this.settings = settings;
    this.device = device;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    return new ProofLoop(settings, input, device);
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return settings.featuresPerClass() == 0
        ? ClosedForm.unchanged(input)
        : ReplayBuffer.remember(input, settings.featuresPerClass(), device);
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    TaskClasses all = upcoming.behind(state);
    if (!ProjectionFusion.in(state)) {
      return LinearClassifier.zeroShot(all);
    }
    return new ProofClassifier(
        all, ProjectionFusion.of(state), KeptMeans.of(state).means(), settings.scale(), device);
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }

  @Override
  public boolean keepsExamples() {
    return true;
  }
}
