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
 * what their names alone tell of the new ones, two draws of every old class in e coordinates. In
 * the first task there is nothing to replay and nothing is done.
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
    NDArray names = Adapter.names(manager, input.classes());
    Upcoming upcoming = seen.upcoming(names, a, settings.consistency());
    ReplayDraw draw = new ReplayDraw(bank.vectors(manager), bank, root.array(manager));
    ReplayDraw.Draws draws = draw.perClass(input.random("draws", 0), DRAWS);
    replay =
        TensorBundle.of(
            Map.of(
                "whitening", whitening.tensor(),
                "root", root.tensor(),
                "keys", NdArrays.toTensor(seen.keys(a)),
                "upcoming-keys", NdArrays.toTensor(upcoming.keys()),
                "upcoming-contrasts", NdArrays.toTensor(upcoming.contrasts()),
                "draws", NdArrays.toTensor(draws.vectors()),
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
