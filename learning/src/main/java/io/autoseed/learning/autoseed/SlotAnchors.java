package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;

/**
 * Anchors of k-means slots: a_m = sum omega_i q_i^b z_i / sum omega_i q_i^b over the slot's samples
 * that take part, b = max(0, tanh beta), omega_i how far a label is believed. A slot of which no
 * sample takes part keeps its place with weight 0.
 *
 * @param z the task's samples, [N, d]
 */
record SlotAnchors(
    NDArray z, TaskSamples task, Slots slots, Signature signature, SeedPrior prior, NDArray member)
    implements AnchorSource {

  static SlotAnchors of(
      NDArray z, TaskSamples task, Slots slots, Signature signature, SeedPrior prior) {
    NDArray member = Expressions.oneHot(z.getManager(), slots.classes(), task.classCount());
    return new SlotAnchors(z, task, slots, signature, prior, member);
  }

  @Override
  public int[] classes() {
    return slots.classes();
  }

  @Override
  public Anchors anchors(NDArray beta, boolean[] heldOut) {
    Part part = part(heldOut);
    NDArray b = weighting(beta);
    NDArray weight = signature.q().log().mul(b).exp();
    NDArray each = part.samples().mul(weight);
    NDArray a = each.transpose().matMul(z).div(Expressions.columnSum(each).transpose());
    NDArray abar = member.transpose().matMul(a.mul(part.pi()));
    return new Anchors(a, part.pi(), abar, conditions(part, a, abar), signature.g(), member);
  }

  /** b = max(0, tanh beta), with derivative 1 at exactly 0 (else beta never moves). */
  static NDArray weighting(NDArray beta) {
    NDArray open = beta.stopGradient().gte(0).toType(beta.getDataType(), false);
    return beta.tanh().mul(open);
  }

  /**
   * u = [log n_c / 4, log(|g_c| + 1e-6) / 4, mean q, log max(pi, 1e-3) / 4, |a - p_c| / sqrt d,
   * cos(g_c, a - abar)].
   */
  private NDArray conditions(Part part, NDArray a, NDArray abar) {
    NDManager manager = z.getManager();
    int[] counts = task.counts();
    float[] size = new float[slots.count()];
    for (int m = 0; m < size.length; m++) {
      size[m] = (float) (StrictMath.log(counts[slots.classes()[m]]) / 4);
    }
    NDArray g = member.matMul(signature.g());
    NDArray p = member.matMul(prior.p());
    return NDArrays.concat(
        new NDList(
            Expressions.column(manager, size),
            Expressions.norms(g).add(1e-6).log().div(4),
            part.q(),
            part.pi().maximum(1e-3).log().div(4),
            Expressions.times(Expressions.norms(a.sub(p)), 1 / Math.sqrt((double) z.size(1))),
            Expressions.cosines(g, a.sub(member.matMul(abar)))),
        1);
  }

  /**
   * The samples that take part.
   *
   * @param samples [N, M], omega_i where a sample counts for a slot; all of a slot's samples if
   *     none takes part
   * @param pi the slot's share of the class's omega_i that take part, [M, 1]
   * @param q mean q_i over {@code samples}, [M, 1]
   */
  private record Part(NDArray samples, NDArray pi, NDArray q) {}

  private Part part(boolean[] heldOut) {
    int m = slots.count();
    float[] omega = task.trust().toFloatArray();
    float[] taking = new float[m];
    float[] all = new float[task.classCount()];
    for (int i = 0; i < heldOut.length; i++) {
      if (!heldOut[i]) {
        taking[slots.ofSample()[i]] += omega[i];
        all[task.labels()[i]] += omega[i];
      }
    }
    float[] share = new float[m];
    for (int s = 0; s < m; s++) {
      share[s] = taking[s] / all[slots.classes()[s]];
    }
    float[] counted = new float[heldOut.length * m];
    for (int i = 0; i < heldOut.length; i++) {
      int s = slots.ofSample()[i];
      counted[i * m + s] = !heldOut[i] || taking[s] == 0 ? omega[i] : 0;
    }
    NDManager manager = z.getManager();
    NDArray samples = manager.create(counted, new Shape(heldOut.length, m));
    NDArray q =
        samples.transpose().matMul(signature.q()).div(Expressions.columnSum(samples).transpose());
    return new Part(samples, Expressions.column(manager, share), q);
  }

  @Override
  public float[] utility() {
    return part(new boolean[task.count()]).q().toFloatArray();
  }

  @Override
  public int[] groups() {
    return slots.ofSample();
  }

  @Override
  public int[] groupsAfter(int[] merged) {
    int[] groups = new int[task.count()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = merged[slots.ofSample()[i]];
    }
    return groups;
  }
}
