package io.autoseed.learning.cgil;

/**
 * Cosine annealing with warm restarts (Loshchilov and Hutter, arXiv 1608.03983, eq. 5): the first
 * cycle takes a tenth of the epochs, each later one twice its forerunner's.
 */
record WarmRestarts(double learningRate, int epochs) {
  /** The learning rate in an epoch, from 0. */
  double rate(int epoch) {
    int cycle = Math.max(epochs / 10, 1);
    int within = epoch;
    while (within >= cycle) {
      within -= cycle;
      cycle *= 2;
    }
    return learningRate * (1 + StrictMath.cos(Math.PI * within / cycle)) / 2;
  }
}
