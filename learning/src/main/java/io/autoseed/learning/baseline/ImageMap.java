package io.autoseed.learning.baseline;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.strategy.LearnerState;
import io.autoseed.learning.strategy.LinearClassifier;
import io.autoseed.learning.strategy.TaskClasses;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.tensor.TensorBundle;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.Torch;
import java.util.Map;

/**
 * A residual linear map of all images, x + x M, in front of fixed text embeddings: the adapter of
 * strategies that distil, since with it learning one task moves the answers on all others. M starts
 * at 0, the zero-shot classifier exactly. Kept are 4 d^2 bytes.
 *
 * @param matrix M, float32 [d, d]
 */
record ImageMap(Tensor matrix) {
  static final String NAME = "image-map";

  static ImageMap of(LearnerState state, int d) {
    return state.has(NAME)
        ? new ImageMap(state.get(NAME).get("m"))
        : new ImageMap(Tensor.of(new float[d * d], d, d));
  }

  TensorBundle bundle() {
    return TensorBundle.of(Map.of("m", matrix));
  }

  /** Scores (x + x M) . t_c, which are x . (t_c + M t_c). */
  LinearClassifier classifier(TaskClasses all, Device device) {
    try (NDManager manager = Torch.newManager(device)) {
      NDArray t = NdArrays.toArray(manager, all.texts());
      NDArray m = NdArrays.toArray(manager, matrix);
      Tensor keys = NdArrays.toTensor(t.add(t.matMul(m.transpose())));
      return new LinearClassifier(all.numbers(), keys, new float[all.count()]);
    }
  }
}
