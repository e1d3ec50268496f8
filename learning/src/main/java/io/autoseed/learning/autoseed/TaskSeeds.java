package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.lda.Scatter;
import io.autoseed.learning.lda.Symmetric;
import java.util.Arrays;

/**
 * What phase 3 computes once, constant for phi.
 *
 * @param source anchors by k-means slots, or random ones
 * @param prior p_c and kl0_c of the task's classes
 * @param loss what phi is trained on
 */
record TaskSeeds(AnchorSource source, SeedPrior prior, SeedLoss loss) {

  static TaskSeeds prepare(SeedUpdateLoop loop, TaskSamples task) {
    NDManager manager = loop.manager;
    AutoSeedSettings settings = loop.settings;
    SeedBank bank = loop.bank();
    int old = bank.classCount();
    Adapter adapter = Adapter.of(loop.state, loop.d);
    NDArray a = Symmetric.of(loop.state.get(AdaptLoop.RESULT).get("whitening")).array(manager);
    NDArray z = task.e().matMul(a);
    NDArray past = old == 0 ? null : bank.means(manager).matMul(a);
    NDArray k0 = Expressions.stack(past, task.means().matMul(a));
    NDArray k = k0.add(adapter.offsets(manager).matMul(a));
    NDArray y = task.oneHot(old);

    boolean few = adapter.count() <= SeedPrior.FEW;
    NDArray names = adapter.names(manager);
    TextMap map = settings.consistency() && !few ? TextMap.fit(names, k0) : null;
    SeedPrior prior = SeedPrior.of(map, k0, adapter.counts(), old);
    NDArray texts = null;
    if (settings.consistency()) {
      texts = map == null || old == 0 ? prior.p() : map.keys(names.get(old + ":"));
    }
    Signature signature = Signature.of(z, y, task.shares(), k0, old);
    AnchorSource source = source(loop, task, z, signature, prior);
    NDArray l = null;
    ReplayDraw replay = null;
    if (loop.steps() > 0) {
      l = spread(loop, task, source).array(manager).matMul(a);
      replay = old == 0 ? null : new ReplayDraw(bank.vectors(manager).matMul(a), bank, l);
    }
    NDArray m = Expressions.meanRow(k0);
    SeedLoss loss = new SeedLoss(task, z, y, source.classes(), k, k0, l, replay, texts, m);
    return new TaskSeeds(source, prior, loss);
  }

  private static AnchorSource source(
      SeedUpdateLoop loop, TaskSamples task, NDArray z, Signature signature, SeedPrior prior) {
    int k0 = loop.settings.slotsPerClass();
    return switch (loop.settings.seeds()) {
      case GENERATED, KMEANS ->
          SlotAnchors.of(
              z, task, Slots.kMeans(task, k0, loop.input.random("slots", 0)), signature, prior);
      case RANDOM -> RandomAnchors.of(z, task, signature, k0, loop.input.random("anchors", 0));
    };
  }

  /**
   * The root of Sr + scatter about the centroids of the groups: the draws of the training steps.
   */
  private static Symmetric spread(SeedUpdateLoop loop, TaskSamples task, AnchorSource source) {
    Scatter before = Statistics.of(loop.state, loop.d).withinSeeds();
    int[] groups = source.groups();
    int count = Arrays.stream(groups).max().orElse(0) + 1;
    Scatter within = before.plus(task.scatter(groups), task.freedom(count));
    return Symmetric.of(ReplayDraw.root(within.array(loop.manager), within.freedom()));
  }
}
