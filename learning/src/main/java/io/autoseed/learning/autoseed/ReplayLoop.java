package io.autoseed.learning.autoseed;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Symmetric;
import io.autoseed.learning.lda.Whitening;
import io.autoseed.learning.strategy.PhaseInput;
import io.autoseed.learning.strategy.PhaseResult;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import java.util.Map;

/**
 * Phase 1, seed replay. Nothing of the task is read but its classes' names. Leaves {@code
 * task-replay}: A and the draws' root as the previous task left them, the keys of the seen classes,
 * keys of the new ones from their names alone, two draws of every old class. In the first task
 * there is nothing to replay and nothing is done.
 */
final class ReplayLoop extends TaskLoop {
  static final String RESULT = "task-replay";
  private static final int DRAWS = 2;

  private TensorBundle replay;

  ReplayLoop(AutoSeedSettings settings, PhaseInput input, Device device) {
    super(settings, input, device);
  }

  @Override
  public int steps() {
    return hasPast() ? 1 : 0;
  }

  @Override
  public void step(int i) {
    scoped(this::replay);
  }

  private void replay() {
    Statistics statistics = Statistics.of(state, d);
    Adapter adapter = Adapter.of(state, d);
    SeedBank bank = bank();
    Symmetric whitening =
        Symmetric.of(Whitening.of(manager, statistics.within(), statistics.lambda()).a());
    Scatter seeds = statistics.withinSeeds();
    Symmetric root = Symmetric.of(ReplayDraw.root(seeds.array(manager), seeds.freedom()));

    NDArray a = whitening.array(manager);
    SeenClasses seen = SeenClasses.of(manager, adapter, bank);
    NDArray upcoming = Adapter.names(manager, input.classes());
    NDArray byName = null;
    for (double gamma : FirstLook.gammas(settings.consistency())) {
      NDArray keys = seen.keysByName(upcoming, a, settings.consistency(), gamma);
      byName = Expressions.stack(byName, keys);
    }
    ReplayDraw draw =
        new ReplayDraw(bank.vectors(manager).matMul(a), bank, root.array(manager).matMul(a));
    ReplayDraw.Draws draws = draw.perClass(input.random("draws", 0), DRAWS);
    replay =
        TensorBundle.of(
            Map.of(
                "whitening", whitening.tensor(),
                "root", root.tensor(),
                "keys", NdArrays.toTensor(seen.keys(a)),
                "upcoming", NdArrays.toTensor(byName),
                "draws", NdArrays.toTensor(draws.z()),
                "draw-class", Tensor.of(draws.classes(), draws.classes().length)));
  }

  @Override
  public TensorBundle snapshot() {
    return replay == null ? TensorBundle.of(Map.of()) : replay;
  }

  @Override
  public void restore(TensorBundle snapshot) {
    replay = snapshot.tensors().isEmpty() ? null : snapshot;
  }

  @Override
  public PhaseResult result() {
    if (replay == null) {
      return PhaseResult.of(state, Map.of("replay-draws", 0.0));
    }
    double draws = replay.get("draw-class").size(0);
    return PhaseResult.of(state.with(RESULT, replay), Map.of("replay-draws", draws));
  }
}
