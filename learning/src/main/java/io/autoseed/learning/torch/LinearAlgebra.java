package io.autoseed.learning.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;

/**
 * Dense factorisations by LAPACK, which {@code NDArray} lacks. Deterministic within a {@link
 * NumericProfile}. Arguments may be batches with leading dimensions; results have their type, so
 * pass float64 where a result reaches a digest.
 */
public final class LinearAlgebra {
  private LinearAlgebra() {}

  /**
   * Eigenvalues and eigenvectors of a symmetric matrix.
   *
   * @param values [n], ascending
   * @param vectors [n, n], column j belongs to value j, unit length, its component of largest
   *     magnitude positive
   */
  public record Eigen(NDArray values, NDArray vectors) {}

  /** Only the lower triangle of {@code symmetric} [n, n] is read. */
  public static Eigen eigh(NDArray symmetric) {
    NDList result = Scripts.MODULE.call("eigh", new NDList(symmetric));
    return new Eigen(result.get(0), result.get(1));
  }

  /** x of {@code a x = b} for a regular [n, n] and b [n, k]. */
  public static NDArray solve(NDArray a, NDArray b) {
    return Scripts.MODULE.call("solve", a, b);
  }

  /** x of {@code a x = b} for a symmetric positive definite [n, n] and b [n, k]. */
  public static NDArray solvePositive(NDArray a, NDArray b) {
    return Scripts.MODULE.call("solve_positive", a, b);
  }

  /** The inverse of a regular [n, n]. */
  public static NDArray inverse(NDArray a) {
    return Scripts.MODULE.call("inverse", a);
  }

  /** L, lower triangular, of {@code a = L L'} for a symmetric positive definite [n, n]. */
  public static NDArray cholesky(NDArray a) {
    return Scripts.MODULE.call("cholesky", a);
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def eigh(self, a: Tensor) -> Tuple[Tensor, Tensor]:
              values, vectors = torch.linalg_eigh(a)
              at = torch.argmax(torch.abs(vectors), -2, True)
              largest = torch.gather(vectors, -2, at)
              return (values, torch.mul(vectors, torch.sign(largest)))
            """,
            """
            def solve(self, a: Tensor, b: Tensor) -> Tensor:
              return torch.linalg_solve(a, b)
            """,
            """
            def solve_positive(self, a: Tensor, b: Tensor) -> Tensor:
              return torch.cholesky_solve(b, torch.linalg_cholesky(a))
            """,
            """
            def inverse(self, a: Tensor) -> Tensor:
              return torch.linalg_inv(a)
            """,
            """
            def cholesky(self, a: Tensor) -> Tensor:
              return torch.linalg_cholesky(a)
            """);
  }
}
