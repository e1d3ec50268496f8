package io.autoseed.learning.baseline;

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
import java.util.List;

/**
 * Continual-CLIP (Thengane et al., arXiv 2210.03114): nothing is trained; the prediction is the
 * argmax of z . t_c over the classes seen, so every accuracy is the zero-shot one exactly. What it
 * keeps are the text embeddings, 4 d bytes a class.
 */
public final class ContinualClip extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "continual-clip",
          "frozen trunk, zero-shot: trains nothing",
          "Thengane et al. 2022, arXiv 2210.03114",
          List.of(),
          (settings, device) -> new ContinualClip());

  ContinualClip() {
    super(FACTORY.name(), 1);
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return ClosedForm.leaving(
        () -> input.state().with(TaskClasses.NAME, input.classes().behind(input.state()).bundle()));
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    TaskClasses all = upcoming.behind(state);
    return LinearClassifier.zeroShot(all);
  }

  @Override
  public boolean scoresUnseen() {
    return true;
  }
}
