package io.autoseed.learning.vae;

import io.autoseed.learning.network.ParameterLayout;
import io.autoseed.learning.tensor.Tensor;
import java.util.Arrays;

/**
 * A variational autoencoder of d numbers: encoder d-hidden-hidden-2 latent with batch normalisation
 * and LeakyReLU 0.2, decoder latent-hidden-hidden-d with LeakyReLU 0.2 (CGIL, arXiv 2407.15793, and
 * its reference code: hidden 512, latent 256).
 */
public record VaeShape(int d, int hidden, int latent) {
  /** CGIL's sizes. */
  public static VaeShape usual(int d) {
    return new VaeShape(d, 512, 256);
  }

  /** The encoder's parameters, then the decoder's. */
  public ParameterLayout layout() {
    return encoder().then(decoder());
  }

  private ParameterLayout encoder() {
    return ParameterLayout.empty()
        .linear(d, hidden)
        .batchNorm(hidden)
        .linear(hidden, hidden)
        .batchNorm(hidden)
        .linear(hidden, 2 * latent);
  }

  /** The decoder's part of {@code parameters} of {@link #layout}, float32. */
  public Tensor decoderOf(float[] parameters) {
    float[] last =
        Arrays.copyOfRange(parameters, parameters.length - decoder().size(), parameters.length);
    return Tensor.of(last, last.length);
  }

  /** The decoder's parameters. */
  public ParameterLayout decoder() {
    return ParameterLayout.empty().linear(latent, hidden).linear(hidden, hidden).linear(hidden, d);
  }
}
