package io.autoseed.learning.autoseed;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Arrays;

/**
 * The keys of the bank's classes, and of upcoming ones by name; classes not yet learned get b_u / T
 * on the logits. Before anything is learned there is no whitening: scores are cosines of image and
 * name.
 */
final class KeyClassifier implements Classifier {
  private final NDManager manager;
  private final int[] classes;
  private final NDArray a;
  private final ClassLogits logits;
  private final NDArray bias;

  private KeyClassifier(
      NDManager manager, int[] classes, NDArray a, ClassLogits logits, NDArray bias) {
    this.manager = manager;
    this.classes = classes;
    this.a = a;
    this.logits = logits;
    this.bias = bias;
  }

  static KeyClassifier open(
      AutoSeedSettings settings, LearnerState state, TaskClasses upcoming, Device device) {
    NDManager manager = Torch.newManager(device);
    int d = upcoming.texts().size(1);
    Adapter adapter = Adapter.of(state, d);
    int[] classes = adapter.classesWith(upcoming);
    if (adapter.count() == 0) {
      NDArray names = Adapter.names(manager, upcoming);
      return new KeyClassifier(manager, classes, null, ClassLogits.alike(names), null);
    }
    Statistics statistics = Statistics.of(state, d);
    NDArray a = whitening(manager, state, statistics).array(manager);
    SeedBank bank = SeedBank.of(state, d);
    SeenClasses seen = SeenClasses.of(manager, adapter, bank);
    NDArray byName = null;
    if (upcoming.count() > 0) {
      NDArray names = Adapter.names(manager, upcoming);
      byName = seen.keysByName(names, a, settings.consistency(), statistics.gamma());
    }
    float[] shift = new float[classes.length];
    Arrays.fill(
        shift, adapter.count(), shift.length, (float) (statistics.bias() / Keys.TEMPERATURE));
    return new KeyClassifier(
        manager,
        classes,
        a,
        ClassLogits.of(settings, bank, a, seen.keys(a), byName),
        manager.create(shift, new Shape(1, shift.length)));
  }

  /** A, which REPLAY has computed of the same statistics if the state is what it left. */
  private static Symmetric whitening(NDManager manager, LearnerState state, Statistics statistics) {
    return state.has(ReplayLoop.RESULT)
        ? Symmetric.of(state.get(ReplayLoop.RESULT).get("whitening"))
        : Symmetric.of(Whitening.of(manager, statistics.within(), statistics.lambda()).a());
  }

  @Override
  public int[] classes() {
    return classes.clone();
  }

  @Override
  public Tensor scores(Tensor images) {
    if (images.size(0) == 0) {
      return Tensor.of(new float[0], 0, classes.length);
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray e = NdArrays.toArray(manager, images).toType(DataType.FLOAT32, false);
      NDArray scores =
          a == null ? e.matMul(logits.k().transpose()) : logits.of(e.matMul(a)).add(bias);
      return NdArrays.toTensor(scores);
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
