package io.autoseed.learning.autoseed;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;

/**
 * The keys of the bank's classes, and of upcoming ones by name; on the logits of classes not yet
 * learned come b_u / T and beta times what the frozen encoders make of their names. Before anything
 * is learned there is no whitening: scores are cosines of image and name.
 */
final class KeyClassifier implements Classifier {
  private final NDManager manager;
  private final int[] classes;
  private final NDArray a;
  private final ClassLogits logits;
  private final Upcoming upcoming;
  private final double beta;
  private final double shift;

  private KeyClassifier(
      NDManager manager,
      int[] classes,
      NDArray a,
      ClassLogits logits,
      Upcoming upcoming,
      double beta,
      double shift) {
    this.manager = manager;
    this.classes = classes;
    this.a = a;
    this.logits = logits;
    this.upcoming = upcoming;
    this.beta = beta;
    this.shift = shift;
  }

  static KeyClassifier open(
      AutoSeedSettings settings, LearnerState state, TaskClasses upcoming, Device device) {
    NDManager manager = Torch.newManager(device);
    int d = upcoming.texts().size(1);
    Adapter adapter = Adapter.of(state, d);
    int[] classes = adapter.classesWith(upcoming);
    if (adapter.count() == 0) {
      NDArray names = Adapter.names(manager, upcoming);
      return new KeyClassifier(manager, classes, null, ClassLogits.alike(names), null, 0, 0);
    }
    Statistics statistics = Statistics.of(state, d);
    NDArray a = whitening(manager, state, statistics).array(manager);
    SeedBank bank = SeedBank.of(state, d);
    SeenClasses seen = SeenClasses.of(manager, adapter, bank);
    Upcoming byName =
        upcoming.count() == 0
            ? null
            : seen.upcoming(Adapter.names(manager, upcoming), a, settings.consistency());
    return new KeyClassifier(
        manager,
        classes,
        a,
        ClassLogits.of(settings, bank, a, seen.keys(a), byName == null ? null : byName.keys()),
        byName,
        settings.zeroShot() ? statistics.beta() : 0,
        statistics.bias() / Keys.TEMPERATURE);
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
      return NdArrays.toTensor(a == null ? e.matMul(logits.k().transpose()) : learned(e));
    }
  }

  private NDArray learned(NDArray e) {
    NDArray scores = logits.of(e.matMul(a));
    if (upcoming == null) {
      return scores;
    }
    long seen = classes.length - upcoming.keys().size(0);
    NDArray unseen = scores.get(":, " + seen + ":");
    NDArray weighed = unseen.add(upcoming.byEncoders(e).mul(beta)).add(shift);
    return scores.get(":, :" + seen).concat(weighed, 1);
  }

  @Override
  public void close() {
    manager.close();
  }
}
