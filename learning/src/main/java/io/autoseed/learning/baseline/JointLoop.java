package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.ClassMeans;
import io.autoseed.learning.lda.LinearDiscriminant;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseLoop;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.strategy.TrainingSet;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/**
 * ADAPT of joint training. The first half of the steps trains keys on four fifths of the examples,
 * the second half trains keys from scratch on all. If the discriminant of the four fifths is at
 * least as right on the held-out fifth as their keys, the discriminant of all is the outcome, else
 * the keys of all are.
 */
final class JointLoop implements PhaseLoop {
  private final LearnerState state;
  private final PhaseInput input;
  private final KeyAdapter start;
  private final Schedule schedule;
  private final Device device;
  private final HeldOut split;
  private final Discriminant ofRest;
  private final Discriminant ofAll;
  private final TrainingSet all;
  private final KeyTraining restTraining;
  private final KeyTraining allTraining;

  JointLoop(
      PhaseInput input,
      LearnerState state,
      TrainingSet all,
      KeyAdapter start,
      Schedule schedule,
      Device device) {
    this.input = input;
    this.state = state;
    this.all = all;
    this.start = start;
    this.schedule = schedule;
    this.device = device;
    this.split = HeldOut.of(input, all);
    this.ofRest = Discriminant.of(split.rest(), start.classes(), device);
    this.ofAll = Discriminant.of(all, start.classes(), device);
    IntToDoubleFunction rates = schedule.rates(0);
    this.restTraining = new KeyTraining(device, start, split.rest(), ofRest.within(), rates);
    this.allTraining = new KeyTraining(device, start, all, ofAll.within(), rates);
  }

  @Override
  public int steps() {
    return 2 * schedule.steps();
  }

  @Override
  public void step(int i) {
    boolean first = i < schedule.steps();
    KeyTraining training = first ? restTraining : allTraining;
    int count = first ? split.rest().count() : all.count();
    training.step(
        first ? i : i - schedule.steps(), Batches.uniform(input, i, schedule.batchSize(), count));
  }

  @Override
  public TensorBundle snapshot() {
    Map<String, Tensor> both = new TreeMap<>();
    restTraining.snapshot().tensors().forEach((name, t) -> both.put("rest-" + name, t));
    allTraining.snapshot().tensors().forEach((name, t) -> both.put("all-" + name, t));
    return TensorBundle.of(both);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    restTraining.restore(part(snapshot, "rest-"));
    allTraining.restore(part(snapshot, "all-"));
  }

  private static TensorBundle part(TensorBundle snapshot, String prefix) {
    Map<String, Tensor> part = new TreeMap<>();
    snapshot
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
              }
            });
    return TensorBundle.of(part);
  }

  @Override
  public PhaseResult result() {
    KeyAdapter restKeys = start.withWeights(restTraining.weights());
    double keys = JointTraining.accuracy(restKeys.classifier(), split.heldOut());
    double discriminant =
        JointTraining.accuracy(ofRest.classifier(start.classes(), device), split.heldOut());
    boolean discriminantWins = discriminant >= keys;
    KeyAdapter outcome =
        discriminantWins
            ? KeyAdapter.of(ofAll.classifier(start.classes(), device))
            : start.withWeights(allTraining.weights());
    return PhaseResult.of(
        state.with(KeyAdapter.NAME, outcome.bundle()),
        Map.of(
            "held-out-keys",
            100 * keys,
            "held-out-discriminant",
            100 * discriminant,
            "training-loss",
            allTraining.loss(),
            "discriminant",
            discriminantWins ? 1.0 : 0.0));
  }

  @Override
  public void close() {
    restTraining.close();
    allTraining.close();
  }

  /** Class means and the shared scatter of one set. */
  private record Discriminant(Tensor means, Scatter within) {
    static Discriminant of(TrainingSet set, int[] classes, Device device) {
      try (NDManager manager = Torch.newManager(device)) {
        ClassMeans means = ClassMeans.of(manager, set, classes);
        Scatter none = Scatter.none(set.images().size(1));
        return new Discriminant(
            NdArrays.toTensor(means.means()), none.plus(means.scatter(), means.freedom()));
      }
    }

    LinearClassifier classifier(int[] classes, Device device) {
      return LinearDiscriminant.classifier(device, classes, means, within, KeyTraining.SHRINKAGE);
    }
  }
}
