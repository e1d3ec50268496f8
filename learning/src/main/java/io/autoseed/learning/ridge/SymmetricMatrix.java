package io.autoseed.learning.ridge;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.autoseed.learning.tensor.Tensor;
import io.autoseed.learning.torch.NdArrays;
import io.autoseed.learning.torch.ScriptModule;

/**
 * A symmetric matrix as its upper triangle, row by row, float64: n (n + 1) / 2 numbers. Regressions
 * that go on from task to task need more digits than {@link io.autoseed.learning.lda.Symmetric}
 * keeps.
 */
final class SymmetricMatrix {
  private SymmetricMatrix() {}

  /** The upper triangle of {@code square} float64 [n, n]. */
  static Tensor packed(NDArray square) {
    return NdArrays.toTensor(Scripts.MODULE.call("pack", square));
  }

  /**
   * The whole matrix, float64 [n, n].
   *
   * @param packed float64 [n (n + 1) / 2]
   */
  static NDArray square(NDManager manager, Tensor packed) {
    int n = (int) ((StrictMath.sqrt(8.0 * packed.size(0) + 1) - 1) / 2);
    return Scripts.MODULE.call("unpack", NdArrays.toArray(manager, packed), manager.create(n));
  }

  private static final class Scripts {
    static final ScriptModule MODULE =
        ScriptModule.of(
            """
            def pack(self, a: Tensor) -> Tensor:
              at = torch.triu_indices(torch.size(a, 0), torch.size(a, 0))
              return torch.contiguous(a[at[0], at[1]])
            """,
            """
            def unpack(self, packed: Tensor, size: Tensor) -> Tensor:
              n = int(size)
              at = torch.triu_indices(n, n)
              a = torch.zeros([n, n], dtype=7)
              a[at[0], at[1]] = packed
              a[at[1], at[0]] = packed
              return a
            """);
  }
}
