package io.autoseed.learning.autoseed;

import static io.autoseed.learning.autoseed.Expressions.times;

import ai.djl.ndarray.NDArray;

/**
 * G_phi: from a slot's condition to its seed. o = W2 tanh(W1 u + b1) + b2; the residual is bounded
 * and the class mean exact up to kappa, so seeds cannot drift off. kappa is not generated: it
 * follows from E4 alone. Trained, it goes to 1.
 */
record SeedGenerator(
    NDArray w1, NDArray b1, NDArray w2, NDArray b2, NDArray beta, AutoSeedSettings.Trust trust) {

  /**
   * A task's seeds.
   *
   * @param z in whitened coordinates, [M, d]
   * @param pi weights, [M, 1]
   * @param sigma spreads, [M, 1]
   * @param kappa how much of the mean is believed, [M, 1]
   * @param eta how far along the gradient, [M, 1]
   * @param means pi-means of the classes, [|C_t|, d]
   */
  record Seeds(NDArray z, NDArray pi, NDArray sigma, NDArray kappa, NDArray eta, NDArray means) {}

  /** Of phi, [164]; gradients flow back to it. */
  static SeedGenerator of(NDArray phi, AutoSeedSettings.Trust trust) {
    return new SeedGenerator(
        phi.get("0:96").reshape(16, 6),
        phi.get("96:112").reshape(1, 16),
        phi.get("112:160").reshape(3, 16),
        phi.get("160:163").reshape(1, 3),
        phi.get("163:164"),
        trust);
  }

  Seeds seeds(Anchors anchors, SeedPrior prior) {
    NDArray hidden = anchors.u().matMul(w1.transpose()).add(b1).tanh();
    NDArray o = hidden.matMul(w2.transpose()).add(b2);
    NDArray kappa = kappa(anchors.spread(prior.kl0()));
    NDArray eta = times(o.get(":, 0:1").tanh(), 0.5);
    NDArray sigma = times(o.get(":, 1:2").tanh(), 0.2).exp();
    NDArray weight = anchors.pi().mul(times(o.get(":, 2:3").tanh(), 0.5).exp());
    NDArray pi = weight.div(anchors.spread(anchors.gather(weight)));

    NDArray a = anchors.a();
    NDArray abar = anchors.spread(anchors.abar());
    NDArray p = anchors.spread(prior.p());
    NDArray g = anchors.spread(anchors.g().div(Expressions.norms(anchors.g())));
    NDArray believed = kappa.mul(abar.sub(p));
    NDArray within = a.sub(abar);
    NDArray moved = times(eta.mul(Expressions.norms(a.sub(p))), 0.2).mul(g);
    NDArray z = believed.add(within).add(moved);

    NDArray kbar = anchors.gather(pi.mul(kappa));
    NDArray means = prior.p().add(kbar.mul(anchors.abar().sub(prior.p())));
    NDArray shift = means.sub(anchors.gather(pi.mul(z)));
    return new Seeds(z.add(anchors.spread(shift)), pi, sigma, kappa, eta, means);
  }

  private NDArray kappa(NDArray logit) {
    return switch (trust) {
      case ESTIMATED -> logit.onesLike().div(logit.neg().exp().add(1));
      case FULL -> logit.onesLike();
    };
  }

  /** Plain centroids: the anchors as they are. */
  static Seeds centroids(Anchors anchors) {
    NDArray one = anchors.pi().onesLike();
    return new Seeds(anchors.a(), anchors.pi(), one, one, one.zerosLike(), anchors.abar());
  }
}
