package io.autoseed.learning.autoseed;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Phase 2, online adaptation: the first look and how far labels are believed, two folds for lambda,
 * the new whitening, then Adam on the key offsets. Leaves the statistics and the adapter with the
 * task's classes, and {@code task-whitening} for phase 3.
 */
final class AdaptLoop extends TaskLoop {
  static final String RESULT = "task-whitening";
  private static final int FOLDS = 2;
  private static final int PREPARING = 2 + FOLDS;

  private TaskSamples task;
  private double labelNoise;
  private Statistics statistics;
  private int done;
  private Symmetric a;
  private Symmetric inverse;
  private KeyAdaptation adaptation;
  private Adam delta;

  AdaptLoop(AutoSeedSettings settings, PhaseInput input, Device device) {
    super(settings, input, device);
    task = TaskSamples.of(manager, input);
    statistics = Statistics.of(state, d);
  }

  @Override
  public int steps() {
    return PREPARING + settings.adaptationSteps();
  }

  @Override
  public void step(int i) {
    if (i == 0) {
      scoped(this::firstLook);
      weighLabels();
    } else if (i <= FOLDS) {
      scoped(() -> fold(i - 1));
    } else if (i == FOLDS + 1) {
      whiten();
    } else {
      scoped(() -> adapt(i));
    }
    done = i + 1;
  }

  private void firstLook() {
    if (!hasPast() || !settings.metaUpdate()) {
      return;
    }
    TensorBundle replay = state.get(ReplayLoop.RESULT);
    NDArray keys = NdArrays.toArray(manager, replay.get("keys"));
    Upcoming upcoming =
        new Upcoming(
            NdArrays.toArray(manager, replay.get("upcoming-keys")),
            NdArrays.toArray(manager, replay.get("upcoming-contrasts")));
    int old = (int) keys.size(0);
    NDArray square = Symmetric.of(replay.get("whitening")).array(manager);
    ClassLogits logits = ClassLogits.of(settings, bank(), square, keys, upcoming.keys());
    NDArray draws = NdArrays.toArray(manager, replay.get("draws"));
    NDArray drawn =
        Expressions.oneHot(manager, replay.get("draw-class").ints(), old + task.classCount());
    FirstLook look =
        FirstLook.at(
            FirstLook.Samples.of(task.e(), square, logits, upcoming, task.oneHot(old)),
            FirstLook.Samples.of(draws, square, logits, upcoming, drawn),
            settings.zeroShot());
    statistics = look.applied(statistics);
  }

  private void weighLabels() {
    if (!settings.labelTrust()) {
      return;
    }
    LabelTrust[] trust = new LabelTrust[1];
    scoped(() -> trust[0] = LabelTrust.of(statistics.within(), task));
    task = task.trusted(trust[0].omega());
    labelNoise = trust[0].noise();
  }

  private void fold(int fold) {
    if (!settings.metaUpdate()) {
      return;
    }
    NDArray old = hasPast() ? bank().means(manager) : null;
    double[] losses = ShrinkageChoice.afterFold(statistics, old, task, input.random("fold", fold));
    statistics = statistics.withLosses(losses);
    if (fold == FOLDS - 1) {
      statistics = statistics.withLambda(ShrinkageChoice.best(losses));
    }
  }

  /** S += scatter of the task about its class means, n += its degrees of freedom; new A. */
  private void whiten() {
    double n = task.freedom(task.classCount());
    statistics = statistics.withWithin(statistics.within().plus(task.scatter(), n));
    prepare();
    delta = Adam.fresh(carriedOffsets());
  }

  /** What follows from the statistics: A, k0, the replay. */
  private void prepare() {
    Whitening whitening = Whitening.of(manager, statistics.within(), statistics.lambda());
    a = Symmetric.of(whitening.a());
    inverse = Symmetric.of(whitening.inverse());
    NDArray square = a.array(manager);
    SeedBank bank = bank();
    NDArray z = task.e().matMul(square);
    NDArray past = hasPast() ? bank.means(manager).matMul(square) : null;
    NDArray k0 = Expressions.stack(past, task.means().matMul(square));
    NDArray y = task.oneHot(bank.classCount());
    NDArray omega = task.shares();
    ReplayDraw replay = null;
    if (hasPast()) {
      NDArray l =
          Symmetric.of(state.get(ReplayLoop.RESULT).get("root")).array(manager).matMul(square);
      NDArray seeds = bank.vectors(manager).matMul(square);
      replay = new ReplayDraw(seeds, bank, l);
    }
    adaptation = new KeyAdaptation(z, y, omega, k0, replay);
  }

  /** delta A of the old classes, 0 for the task's. */
  private NDArray carriedOffsets() {
    NDArray fresh = manager.zeros(new Shape(task.classCount(), d));
    return hasPast()
        ? Adapter.of(state, d).offsets(manager).matMul(a.array(manager)).concat(fresh, 0)
        : fresh;
  }

  private void adapt(int i) {
    Adam before = delta;
    delta = adaptation.step(before, input.random("replay", i - PREPARING)).kept();
    before.close();
  }

  private Tensor trust() {
    return Tensor.of(task.trust().toFloatArray(), task.count());
  }

  @Override
  public TensorBundle snapshot() {
    SortedMap<String, Tensor> tensors = new TreeMap<>(statistics.bundle().tensors());
    tensors.put("done", Tensor.of(new int[] {done}, 1));
    tensors.put("trust", trust());
    tensors.put("label-noise", Tensor.of(new double[] {labelNoise}, 1));
    if (delta != null) {
      tensors.put("delta", NdArrays.toTensor(delta.parameter()));
      tensors.put("delta-first-moment", NdArrays.toTensor(delta.first()));
      tensors.put("delta-second-moment", NdArrays.toTensor(delta.second()));
      tensors.put("delta-steps", Tensor.of(new int[] {delta.steps()}, 1));
    }
    return TensorBundle.of(tensors);
  }

  @Override
  public void restore(TensorBundle snapshot) {
    statistics = Statistics.of(snapshot);
    done = snapshot.get("done").ints()[0];
    task = task.trusted(snapshot.get("trust").floats());
    labelNoise = snapshot.get("label-noise").doubles()[0];
    if (snapshot.has("delta")) {
      prepare();
      delta =
          new Adam(
              NdArrays.toArray(manager, snapshot.get("delta")),
              NdArrays.toArray(manager, snapshot.get("delta-first-moment")),
              NdArrays.toArray(manager, snapshot.get("delta-second-moment")),
              snapshot.get("delta-steps").ints()[0]);
    }
  }

  @Override
  public PhaseResult result() {
    if (done < steps()) {
      throw new IllegalStateException("ADAPT has done " + done + " of " + steps() + " steps");
    }
    PhaseResult[] result = new PhaseResult[1];
    scoped(() -> result[0] = outcome());
    return result[0];
  }

  private PhaseResult outcome() {
    Adapter before = Adapter.of(state, d);
    NDArray offsets = delta.parameter().matMul(inverse.array(manager));
    NDArray task16 = NdArrays.toArray(manager, input.classes().texts());
    NDArray names = task16.toType(DataType.FLOAT16, false);
    NDArray w = hasPast() ? NdArrays.toArray(manager, before.w()).concat(names, 0) : names;
    int[] counts = Arrays.copyOf(before.counts(), before.count() + task.classCount());
    System.arraycopy(task.counts(), 0, counts, before.count(), task.classCount());
    Adapter adapter =
        new Adapter(
            before.classesWith(input.classes()),
            counts,
            NdArrays.toTensor(w),
            NdArrays.toTensor(offsets.toType(DataType.FLOAT16, false)));
    LearnerState next =
        state
            .without(ReplayLoop.RESULT)
            .with(Statistics.NAME, statistics.bundle())
            .with(Adapter.NAME, adapter.bundle())
            .with(
                RESULT,
                TensorBundle.of(
                    Map.of(
                        "whitening", a.tensor(),
                        "whitening-inverse", inverse.tensor(),
                        "trust", trust())));
    return PhaseResult.of(
        next,
        Map.of(
            "adaptation-loss", adaptation.taskLoss(delta.parameter()),
            "label-noise", labelNoise,
            "lambda", statistics.lambda(),
            "unseen-bias", statistics.bias(),
            "zero-shot-weight", settings.zeroShot() ? statistics.beta() : 0));
  }
}
