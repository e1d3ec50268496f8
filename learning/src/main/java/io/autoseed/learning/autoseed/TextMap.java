package io.autoseed.learning.autoseed;

import ai.djl.ndarray.NDArray;
import io.autoseed.learning.torch.LinearAlgebra;

/**
 * (E2) The text map A_T from names to keys: the exact minimiser of sum |m + Theta' w_c - z_c|^2 +
 * lamT |Theta|^2, in its dual form.
 *
 * @param w names it was fitted on, [C, d]
 * @param z class means it was fitted to, [C, d]
 * @param m mean of z_c, [1, d]
 * @param ki Ki = (W W' + lamT I)^-1, [C, C]
 * @param a a = Ki (Z - m), [C, d]
 */
record TextMap(NDArray w, NDArray z, NDArray m, NDArray ki, NDArray a) {
  private static final double LAM_T = 0.3;

  static TextMap fit(NDArray w, NDArray z) {
    NDArray m = Expressions.meanRow(z);
    NDArray identity = Expressions.identity(w, w.size(0));
    NDArray ki = LinearAlgebra.inverse(w.matMul(w.transpose()).add(identity.mul(LAM_T)));
    return new TextMap(w, z, m, ki, ki.matMul(z.sub(m)));
  }

  /** A_T(w) = m + (w W') a for each row of {@code names}. */
  NDArray keys(NDArray names) {
    return m.add(names.matMul(w.transpose()).matMul(a));
  }

  /** Leave-one-out predictions p_c = z_c - a_c / Ki_cc (m not refitted), [C, d]. */
  NDArray leaveOneOut() {
    return z.sub(a.div(Expressions.diagonal(ki)));
  }
}
