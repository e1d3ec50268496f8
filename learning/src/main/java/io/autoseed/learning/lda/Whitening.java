package io.autoseed.learning.lda;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.torch.LinearAlgebra;

/**
 * Whitened coordinates z = e A. Symmetric roots, which are unique where eigenvectors are not: most
 * of Cov is one degenerate eigenspace while n < d. The arrays belong to the manager of Cov.
 */
public final class Whitening {
  private static final double LEAST_EIGENVALUE = 1e-8;

  private final NDArray ew;
  private final NDArray u;

  private Whitening(NDArray ew, NDArray u) {
    this.ew = ew;
    this.u = u;
  }

  /** Of a covariance, float64 [d, d]: Cov = U diag(ew) U', ew at least 1e-8. */
  public static Whitening of(NDArray covariance) {
    LinearAlgebra.Eigen eigen = LinearAlgebra.eigh(covariance);
    return new Whitening(eigen.values().maximum(LEAST_EIGENVALUE), eigen.vectors());
  }

  /** Of a scatter and a shrinkage. */
  public static Whitening of(NDManager manager, Scatter within, double lambda) {
    return of(covariance(within.array(manager), within.freedom(), lambda));
  }

  /** Cov = (1 - lambda) S / n + lambda tr(S / n) / d I, float64 [d, d]. */
  public static NDArray covariance(NDArray s, double n, double lambda) {
    NDArray mean = s.div(n);
    long d = s.size(0);
    NDArray unit = s.getManager().eye((int) d).toType(s.getDataType(), false);
    NDArray trace = mean.mul(unit).sum(new int[] {1}, true).sum();
    NDArray sphere = unit.mul(trace).div(d);
    return mean.mul(1 - lambda).add(sphere.mul(lambda));
  }

  /** A = U ew^-1/2 U', float64 [d, d]. */
  public NDArray a() {
    return power(-0.5);
  }

  /** Ainv = U ew^1/2 U', float64 [d, d]. */
  public NDArray inverse() {
    return power(0.5);
  }

  /** Cov^-1 = A A', float64 [d, d]. */
  public NDArray precision() {
    return power(-1);
  }

  private NDArray power(double exponent) {
    return u.mul(ew.pow(exponent)).matMul(u.transpose());
  }
}
