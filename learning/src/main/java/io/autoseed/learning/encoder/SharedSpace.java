package io.autoseed.learning.encoder;

import io.autoseed.learning.tensor.Tensor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The joint space of features that were aligned before they came here, such as a CLIP model's:
 * image and text embeddings have one width and are compared as they are. e = x / |x|, w = y / |y|,
 * norms in float64 with eps 1e-12; the centre is zero and is not subtracted.
 */
public record SharedSpace(int width) implements JointSpace {
  private static final double EPS = 1e-12;

  public SharedSpace {
    if (width < 1) {
      throw new IllegalArgumentException("width: expected at least 1, found " + width);
    }
  }

  @Override
  public String digest() {
    try {
      byte[] name = ("shared space of width " + width).getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(name));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public Tensor centre(Tensor firstTaskTrain) {
    return Tensor.of(new float[width], width);
  }

  @Override
  public Tensor images(Tensor raw, Tensor centre) {
    return unitRows(raw);
  }

  @Override
  public Tensor texts(Tensor raw) {
    return unitRows(raw);
  }

  private Tensor unitRows(Tensor raw) {
    if (raw.size(1) != width) {
      throw new IllegalArgumentException(
          "expected rows of width " + width + ", found " + raw.size(1));
    }
    float[] values = raw.floats();
    for (int row = 0; row < raw.size(0); row++) {
      double square = 0;
      for (int k = row * width; k < (row + 1) * width; k++) {
        square += (double) values[k] * values[k];
      }
      double norm = Math.max(StrictMath.sqrt(square), EPS);
      for (int k = row * width; k < (row + 1) * width; k++) {
        values[k] = (float) (values[k] / norm);
      }
    }
    return Tensor.of(values, raw.size(0), width);
  }
}
