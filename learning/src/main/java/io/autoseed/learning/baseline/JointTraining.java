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
    TensorBundle added =
        TensorBundle.of(
            Map.of("image", task.images(), "label", Tensor.of(task.labels(), task.count())));
    LearnerState old = input.state();
    TensorBundle features = old.has(FEATURES) ? Rows.append(old.get(FEATURES), added) : added;
    TaskClasses classes = input.classes().behind(old);
    LearnerState state = old.with(TaskClasses.NAME, classes.bundle()).with(FEATURES, features);
    TrainingSet all = new TrainingSet(features.get("image"), features.get("label").ints());
    return new JointLoop(input, state, all, KeyAdapter.zeroShot(classes), schedule, device);
  }

  @Override
  public Classifier classifier(LearnerState state, TaskClasses upcoming) {
    refuse(upcoming);
    return KeyAdapter.of(state).classifier();
  }

  @Override
  public boolean scoresUnseen() {
    return false;
  }

  @Override
  public boolean keepsExamples() {
    return true;
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
