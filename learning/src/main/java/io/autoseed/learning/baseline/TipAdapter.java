package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.ClosedForm;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.Setting;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.List;
import java.util.Map;

/**
 * Tip-Adapter without training (Zhang et al. 2022, arXiv 2207.09519, eq. 5): logits z . t_c + a sum
 * over the cached features f of class c of exp(-b (1 - z . f)). The cache holds k features a class
 * ({@link ReplayBuffer}). a and b are chosen after each task by leaving one out: each cached
 * feature is classified by the text embeddings and all others ({@link CacheBlend}). Classes to come
 * are scored by their names alone.
 *
 * <p>State: k d float16 and a label each, text embeddings 4 d bytes a class, a and b.
 */
public final class TipAdapter extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "tip-adapter",
          "zero-shot beside a cache of a few real features a class: trains nothing",
          "Zhang et al. 2022, arXiv 2207.09519",
          List.of(
              new Setting.Whole(
                  "features-per-class", "real features cached a class, float16", 16, 2, 10_000)),
          (settings, device) ->
              new TipAdapter((Integer) settings.get("features-per-class"), device));

  private static final String BLEND = "blend";

  private final int featuresPerClass;
  private final Device device;

  TipAdapter(int featuresPerClass, Device device) {
    super(FACTORY.name(), 1);
    this.featuresPerClass = featuresPerClass;
    this.device = device;
  }

  @Override
  protected PhaseLoop seedUpdate(PhaseInput input) {
    return new ClosedForm(() -> cached(input));
  }

  private PhaseResult cached(PhaseInput input) {
    int d = input.classes().texts().size(1);
    ReplayBuffer buffer = ReplayBuffer.of(input.state(), d).with(input, featuresPerClass, device);
    TaskClasses learned = input.classes().behind(input.state());
    CacheBlend blend = FeatureCache.of(buffer, learned.numbers(), device).bestBlend(learned);
    LearnerState state =
        input
            .state()
            .with(ReplayBuffer.NAME, buffer.bundle())
            .with(TaskClasses.NAME, learned.bundle())
            .with(BLEND, TensorBundle.of(Map.of("a-b", blend.tensor())));
    return PhaseResult.of(
        state, Map.of("a", blend.a(), "b", blend.b(), "left-out-accuracy", blend.accuracy()));
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    TaskClasses all = upcoming.behind(state);
    if (!state.has(BLEND)) {
      return KeyAdapter.zeroShot(all).classifier();
    }
    int[] learned = TaskClasses.of(state.get(TaskClasses.NAME)).numbers();
    ReplayBuffer buffer = ReplayBuffer.of(state, all.texts().size(1));
    Tensor kept = state.get(BLEND).get("a-b");
    return new CacheClassifier(all, FeatureCache.of(buffer, learned, device), CacheBlend.of(kept));
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
