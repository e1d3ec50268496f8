package io.autoseed.learning.baseline;

import ai.djl.Device;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhasedStrategy;
import io.autoseed.learning.strategy.StrategyDefinition;
import io.autoseed.learning.strategy.StrategyFactory;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import java.util.Map;

/**
 * Joint training on everything seen, from scratch after every task: the better of two classifiers,
 * the shared adapter's keys ({@link KeyTraining}) and linear discriminant analysis on all data. A
 * fifth of the training examples, held out, decides ({@link JointLoop}); no test image does. It
 * keeps every feature. Unseen classes cannot be scored, since a discriminant has no zero-shot keys.
 *
 * <p>Source: the usual reference that is allowed all data, for example of CGIL, arXiv 2407.15793.
 */
public final class JointTraining extends PhasedStrategy {
  public static final StrategyFactory FACTORY =
      new StrategyDefinition(
          "joint",
          "everything seen, from scratch: the better of trained keys and discriminant analysis",
          "joint training, as in CGIL, arXiv 2407.15793",
          Schedule.settings(),
          (settings, device) -> new JointTraining(Schedule.of(settings), device));

  private static final String FEATURES = "features";
  private static final String TEXTS = "texts";

  private final Schedule schedule;
  private final Device device;

  JointTraining(Schedule schedule, Device device) {
    super(FACTORY.name(), 1);
    this.schedule = schedule;
    this.device = device;
  }

  @Override
  protected PhaseLoop adapt(PhaseInput input) {
    TrainingSet task = input.trainingSet().orElseThrow();
    LearnerState state =
        with(
            with(input.state(), TEXTS, texts(input.classes())),
            FEATURES,
            TensorBundle.of(
                Map.of("image", task.images(), "label", Tensor.of(task.labels(), task.count()))));
    TensorBundle features = state.get(FEATURES);
    TrainingSet all = new TrainingSet(features.get("image"), features.get("label").ints());
    TensorBundle texts = state.get(TEXTS);
    TaskClasses classes = new TaskClasses(texts.get("class").ints(), texts.get("w"));
    return new JointLoop(input, state, all, KeyAdapter.zeroShot(classes), schedule, device);
  }

  private static TensorBundle texts(TaskClasses classes) {
    return TensorBundle.of(
        Map.of("class", Tensor.of(classes.numbers(), classes.count()), "w", classes.texts()));
  }

  private static LearnerState with(LearnerState state, String name, TensorBundle added) {
    return state.with(name, state.has(name) ? Rows.append(state.get(name), added) : added);
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    refuse(upcoming);
    TensorBundle adapter = state.get(KeyAdapter.NAME);
    return new KeyAdapter(adapter.get("class").ints(), adapter.get("weights")).classifier();
  }

  @Override
  public boolean scoresUnseen() {
    return false;
  }

  /** Right predictions of a classifier on a set, as a share. */
  static double accuracy(LinearClassifier classifier, TrainingSet set) {
    float[] scores = classifier.scores(set.images()).floats();
    int[] classes = classifier.classes();
    int right = 0;
    for (int i = 0; i < set.count(); i++) {
      int best = 0;
      for (int c = 1; c < classes.length; c++) {
        best = scores[i * classes.length + c] > scores[i * classes.length + best] ? c : best;
      }
      right += classes[best] == set.labels()[i] ? 1 : 0;
    }
    return set.count() == 0 ? 0 : (double) right / set.count();
  }
}
