package io.autoseed.learning.proof;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.Classifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Rows;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;

/** The scores of {@link FusionNetwork}; what all images share is computed once. */
final class ProofClassifier implements Classifier {
  private final int[] classes;
  private final NDManager manager;
  private final FusionNetwork network;
  private final NDList context;

  /**
   * @param all the classes learned, then those to come
   * @param means prototypes of the classes learned, float32 [C, d]
   * @param scale s
   */
  ProofClassifier(
      TaskClasses all, ProjectionFusion model, Tensor means, double scale, Device device) {
    this.classes = all.numbers();
    this.manager = Torch.newManager(device);
    this.network = new FusionNetwork(manager, model, all.texts(), means, scale);
    this.context = network.context();
  }

  @Override
  public int[] classes() {
    return classes.clone();
  }

  @Override
  public Tensor scores(Tensor images) {
    return Rows.inPortions(images, classes.length, this::scoresAtOnce);
  }

  private float[] scoresAtOnce(Tensor images) {
    try (NDManager inner = manager.newSubManager()) {
      return network.scores(NdArrays.toArray(inner, images), context).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
