package io.autoseed.learning.cgil;

import io.autoseed.learning.tensor.Tensor;

/**
 * Whether epochs still pay: training stops once {@code patience} epochs in a row have not brought
 * the mean loss of an epoch 1 % below the best one's before them.
 *
 * @param patience epochs; 0: never stops
 * @param best the loss that counts
 * @param since epochs since then
 */
record EarlyStop(int patience, double best, int since) {
  private static final double GAIN = 0.01;

  static EarlyStop after(int patience) {
    return new EarlyStop(patience, Double.POSITIVE_INFINITY, 0);
  }

  EarlyStop with(double loss) {
    return loss < (1 - GAIN) * best
        ? new EarlyStop(patience, loss, 0)
        : new EarlyStop(patience, best, since + 1);
  }

  boolean stopped() {
    return patience > 0 && since >= patience;
  }

  Tensor tensor() {
    return Tensor.of(new double[] {best, since}, 2);
  }

  EarlyStop restored(Tensor kept) {
    double[] values = kept.doubles();
    return new EarlyStop(patience, values[0], (int) values[1]);
  }
}
