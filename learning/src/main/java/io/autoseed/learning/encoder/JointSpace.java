package io.autoseed.learning.encoder;

import io.autoseed.learning.tensor.Tensor;

/** Maps raw trunk features and raw text embeddings to the joint space, closed form, per run. */
public interface JointSpace {
  /** d, the width of the joint space. */
  int width();

  /** SHA-256 that names this alignment; part of every phase key. */
  String digest();

  /**
   * The centre c0 of a run: the mean raw feature of the first task's training images. Frozen from
   * then on, part of the run's state. float32 [image width].
   */
  Tensor centre(Tensor firstTaskTrain);

  /** e = f_I(x): unit rows, float32 [N, d], of raw features float32 [N, image width]. */
  Tensor images(Tensor raw, Tensor centre);

  /** w = f_T(y): unit rows, float32 [C, d], of raw text embeddings float32 [C, text width]. */
  Tensor texts(Tensor raw);
}
