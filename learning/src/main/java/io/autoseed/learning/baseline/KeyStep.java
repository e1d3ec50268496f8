package io.autoseed.learning.baseline;

/** One step of training the shared adapter: which batches it draws, and how it uses them. */
@FunctionalInterface
interface KeyStep {
  /** Step {@code i}; depends on {@code i} and on what the training has become. */
  void take(KeyTraining training, int i);
}
