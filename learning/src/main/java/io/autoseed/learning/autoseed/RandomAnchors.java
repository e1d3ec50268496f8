package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.autoseed.learning.tensor.CounterRandom;

/**
 * The control: anchors are random real features, shares follow how far their labels are believed,
 * the generator's conditions and the gradient's direction are noise, Sr is that of whole classes.
 */
record RandomAnchors(int[] classes, int[] groups, float[] utility, Anchors anchors)
    implements AnchorSource {

  static RandomAnchors of(
      NDArray z, TaskSamples task, Signature signature, int k0, CounterRandom random) {
    NDManager manager = z.getManager();
    int[] chosen = Slots.distinctSamples(task, k0, random);
    int[] classes = new int[chosen.length];
    float[] q = signature.q().toFloatArray();
    float[] utility = new float[chosen.length];
    for (int m = 0; m < chosen.length; m++) {
      classes[m] = task.labels()[chosen[m]];
      utility[m] = q[chosen[m]];
    }
    int d = (int) z.size(1);
    NDArray a = Expressions.rows(z, chosen);
    NDArray member = Expressions.oneHot(manager, classes, task.classCount());
    NDArray omega = Expressions.rows(task.trust(), chosen);
    NDArray pi = omega.div(member.matMul(member.transpose().matMul(omega)));
    NDArray u = manager.create(random.gaussians(chosen.length * 6), new Shape(chosen.length, 6));
    NDArray g =
        manager.create(random.gaussians(task.classCount() * d), new Shape(task.classCount(), d));
    Anchors anchors = new Anchors(a, pi, member.transpose().matMul(a.mul(pi)), u, g, member);
    return new RandomAnchors(classes, task.labels(), utility, anchors);
  }

  @Override
  public Anchors anchors(NDArray beta, boolean[] heldOut) {
    return anchors;
  }

  @Override
  public int[] groupsAfter(int[] merged) {
    return groups;
  }
}
