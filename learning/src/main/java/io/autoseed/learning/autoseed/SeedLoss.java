package io.autoseed.learning.autoseed;

import static io.autoseed.learning.autoseed.Expressions.atLeast;
import static io.autoseed.learning.autoseed.Expressions.times;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.CounterRandom;
import java.util.Arrays;
import java.util.function.Function;

/**
 * L = 0.3 L_match + L_meta + 0.3 L_consist: what phi is trained on. Everything here is constant for
 * phi; gradients flow through the seeds alone.
 *
 * @param task the task's samples
 * @param z they in whitened coordinates, [N, d]
 * @param y one-hot [N, C]
 * @param seedClasses each seed's class as its place in the task, [M]
 * @param k phase 2's keys, [C, d]
 * @param k0 keys before offsets, [C, d]
 * @param l L of the draws of these steps, [d, d]
 * @param replay of the old classes, or null if there are none
 * @param texts what the task's class means should resemble: A_T(w_c), or p_c; null without
 *     consistency
 * @param m mean of z_c over all classes, [1, d]
 */
record SeedLoss(
    TaskSamples task,
    NDArray z,
    NDArray y,
    int[] seedClasses,
    NDArray k,
    NDArray k0,
    NDArray l,
    ReplayDraw replay,
    NDArray texts,
    NDArray m) {
  private static final double MATCH = 0.3;
  private static final double CONSIST = 0.3;
  private static final double INNER_RATE = 0.3;
  private static final double INVERSE_TEMPERATURE = 10;
  private static final int MOST_SAMPLES = 128;

  /** The terms, 0-d; those that do not apply are 0. */
  record Terms(NDArray match, NDArray meta, NDArray consist) {
    NDArray total() {
      return times(match, MATCH).add(meta).add(times(consist, CONSIST));
    }
  }

  /**
   * The loss of {@code seeds}.
   *
   * @param heldOut the samples that the seeds have not seen
   * @param random the stream of this step for a purpose
   */
  Terms of(SeedGenerator.Seeds seeds, boolean[] heldOut, Function<String, CounterRandom> random) {
    NDArray gSeeds = seedGradient(seeds, random.apply("noise"));
    NDArray none = z.getManager().create(0f);
    return new Terms(
        match(gSeeds, dataGradient(heldOut)),
        k.size(0) < 2 ? none : meta(seeds, gSeeds, heldOut, random.apply("old")),
        texts == null ? none : visual(seeds, random.apply("samples")).add(textual(seeds.means())));
  }

  private int old() {
    return (int) k.size(0) - task.classCount();
  }

  /** E1 at k of two draws a seed, weight pi'/2 each; sigma is not differentiated. */
  private NDArray seedGradient(SeedGenerator.Seeds seeds, CounterRandom random) {
    NDManager manager = z.getManager();
    int count = seedClasses.length;
    NDArray sigma = twice(seeds.sigma().stopGradient());
    NDArray noise = ReplayDraw.noise(manager, l, random, 2 * count);
    NDArray draws = twice(seeds.z()).add(noise.mul(sigma));
    int[] places = Arrays.stream(seedClasses).map(c -> c + old()).toArray();
    NDArray drawn = twice(Expressions.oneHot(manager, places, (int) k.size(0)));
    return Keys.gradient(draws, k, drawn, times(twice(seeds.pi()), 0.5));
  }

  private static NDArray twice(NDArray x) {
    return x.concat(x, 0);
  }

  /** E1 at k of the samples taking part, each with its share of its class. */
  private NDArray dataGradient(boolean[] heldOut) {
    float[] taking = new float[heldOut.length];
    for (int i = 0; i < taking.length; i++) {
      taking[i] = heldOut[i] ? 0 : 1;
    }
    NDArray part = Expressions.column(z.getManager(), taking);
    return Keys.gradient(z, k, y, task.shares().mul(part));
  }

  /** 1 - cos(g_seeds, g_data) + 0.2 |g_seeds - g_data|^2 / |g_data|^2, flattened. */
  static NDArray match(NDArray gSeeds, NDArray gData) {
    NDArray s = gSeeds.reshape(1, -1);
    NDArray t = gData.reshape(1, -1);
    NDArray apart = s.sub(t).square().sum().div(t.square().sum().add(1e-24));
    return Expressions.cosines(s, t).sum().neg().add(1).add(times(apart, 0.2));
  }

  /**
   * CE(held-out; k2) + 0.5 CE(one draw per old class; k2), with k1 = [k0 of old classes; means of
   * the new seeds] + (k - k0) and k2 = k1 - 0.3 T (g_seeds(k) + sg g_old(k1)): the inner step in
   * closed form.
   */
  private NDArray meta(
      SeedGenerator.Seeds seeds, NDArray gSeeds, boolean[] heldOut, CounterRandom random) {
    NDArray offsets = k.sub(k0);
    NDArray past = replay == null ? null : k0.get("0:" + old());
    NDArray k1 = Expressions.stack(past, seeds.means()).add(offsets);
    int[] held = HoldOut.numbers(heldOut, true);
    NDManager manager = z.getManager();
    NDArray unseen = Expressions.rows(z, held);
    NDArray unseenY = Expressions.rows(y, held);
    if (replay == null) {
      return held.length == 0
          ? manager.create(0f)
          : trustedMean(Keys.crossEntropy(unseen, innerStep(k1, gSeeds), unseenY), held);
    }
    ReplayDraw.Draws draws = replay.perClass(random, 1);
    NDArray drawn = Expressions.oneHot(manager, draws.classes(), (int) k.size(0));
    NDArray one = manager.ones(new Shape(draws.classes().length, 1));
    NDArray gOld = Keys.gradient(draws.vectors(), k1.stopGradient(), drawn, one);
    NDArray k2 = innerStep(k1, gSeeds.add(gOld));
    NDArray kept = times(Keys.crossEntropy(draws.vectors(), k2, drawn).mean(), 0.5);
    return held.length == 0
        ? kept
        : trustedMean(Keys.crossEntropy(unseen, k2, unseenY), held).add(kept);
  }

  /** The mean of the samples with these numbers, weighted by omega_i; 0-d. */
  private NDArray trustedMean(NDArray values, int[] numbers) {
    NDArray omega = Expressions.rows(task.trust(), numbers);
    return values.mul(omega).sum().div(omega.sum());
  }

  /** k - 0.3 T g. */
  static NDArray innerStep(NDArray k, NDArray g) {
    return k.sub(times(g, INNER_RATE * Keys.TEMPERATURE));
  }

  /**
   * The visual manifold: - mean log sum over m in class y of softmax_m(l_m + log pi_m), on real
   * samples drawn with replacement, softmax over the task's seeds.
   */
  private NDArray visual(SeedGenerator.Seeds seeds, CounterRandom random) {
    NDManager manager = z.getManager();
    int[] chosen = new int[Math.min(MOST_SAMPLES, task.count())];
    float[] elsewhere = new float[chosen.length * seedClasses.length];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = random.nextInt(task.count());
      for (int s = 0; s < seedClasses.length; s++) {
        boolean same = task.labels()[chosen[i]] == seedClasses[s];
        elsewhere[i * seedClasses.length + s] = same ? 0 : -1e9f;
      }
    }
    NDArray other = manager.create(elsewhere, new Shape(chosen.length, seedClasses.length));
    NDArray weight = atLeast(seeds.pi(), 1e-6).log().transpose();
    NDArray logits = Keys.logits(Expressions.rows(z, chosen), seeds.z()).add(weight);
    NDArray own = Expressions.logSumExp(logits.add(other));
    return trustedMean(own.sub(Expressions.logSumExp(logits)), chosen).neg();
  }

  /** The textual manifold: 1/2 [NCE(v -> A_T w) + NCE(A_T w -> v)] over the new classes. */
  private NDArray textual(NDArray means) {
    return symmetricNce(means.sub(m), texts.sub(m));
  }

  /** Symmetric InfoNCE of equally numbered rows by cosine, inverse temperature 10. */
  static NDArray symmetricNce(NDArray v, NDArray t) {
    NDArray unitV = v.div(Expressions.norms(v));
    NDArray unitT = t.div(Expressions.norms(t));
    NDArray logits = times(unitV.matMul(unitT.transpose()), INVERSE_TEMPERATURE);
    NDArray same = Expressions.identity(v, v.size(0));
    NDArray there = Expressions.crossEntropy(logits, same).mean();
    NDArray back = Expressions.crossEntropy(logits.transpose(), same).mean();
    return times(there.add(back), 0.5);
  }
}
