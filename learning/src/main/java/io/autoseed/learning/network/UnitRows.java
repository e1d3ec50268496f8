package io.autoseed.learning.network;

/** The rows of a matrix divided by their lengths, in scripts that are differentiated. */
public final class UnitRows {
  /**
   * A method of a {@link io.autoseed.learning.torch.ScriptModule}, {@code unit(y)} of float32 [n,
   * d]. A row of zeros has no direction: it stays, and no gradient goes through it.
   */
  public static final String METHOD =
      """
      def unit(self, y: Tensor) -> Tensor:
        length = torch.linalg_vector_norm(y, 2, [1], True)
        return torch.div(y, torch.masked_fill(length, torch.eq(length, 0), inf))
      """;

  private UnitRows() {}
}
