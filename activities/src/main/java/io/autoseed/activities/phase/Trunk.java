package io.autoseed.activities.phase;

import io.autoseed.learning.encoder.JointSpace;
import io.autoseed.learning.tensor.Tensor;
import java.util.List;
import java.util.function.IntFunction;

/** The frozen encoders and the joint space of a run. Opened late. */
interface Trunk {
  /** SHA-256 that names the encoders. Cheap: does not load them. */
  String encoderDigest();

  /** The alignment. Does not load the encoders if the alignment is known already. */
  JointSpace jointSpace();

  /**
   * Features of encoded image files, float32 [n, image width]; loads the encoders.
   *
   * @param names how to call the file at an index in an error
   */
  Tensor images(List<byte[]> files, IntFunction<String> names);

  /** One unit row, float32 [1, text width]: the mean of the texts' embeddings. */
  Tensor texts(List<String> texts);
}
