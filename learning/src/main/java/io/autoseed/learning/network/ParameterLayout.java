package io.autoseed.learning.network;

import io.autoseed.learning.tensor.CounterRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * What the parameters of a network are and where they lie: one float32 vector, part after part, so
 * that one Adam step moves all and a snapshot is three tensors. Scripts take it apart by {@code
 * torch.split_with_sizes}. Immutable; every method that adds a part returns a new layout.
 */
public final class ParameterLayout {
  private final List<Part> parts;

  private ParameterLayout(List<Part> parts) {
    this.parts = List.copyOf(parts);
  }

  public static ParameterLayout empty() {
    return new ParameterLayout(List.of());
  }

  /**
   * A linear layer: weights [out, in], then biases [out], both drawn uniformly from plus and minus
   * 1 / sqrt(in), as torch's Linear does.
   */
  public ParameterLayout linear(int in, int out) {
    double bound = 1 / StrictMath.sqrt(in);
    return uniform(in * out, bound).uniform(out, bound);
  }

  /** Batch normalisation over {@code width} units: scales 1, then shifts 0. */
  public ParameterLayout batchNorm(int width) {
    return constant(width, 1).constant(width, 0);
  }

  /** {@code size} values drawn uniformly from plus and minus {@code bound}. */
  public ParameterLayout uniform(int size, double bound) {
    return with(new Part(size, 0, bound));
  }

  /** {@code size} values that start at {@code value}. */
  public ParameterLayout constant(int size, double value) {
    return with(new Part(size, value, 0));
  }

  private ParameterLayout with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new ParameterLayout(more);
  }

  /** The parts of this layout, then those of {@code other}. */
  public ParameterLayout then(ParameterLayout other) {
    List<Part> more = new ArrayList<>(parts);
    more.addAll(other.parts);
    return new ParameterLayout(more);
  }

  /** Values of all parts. */
  public int size() {
    return parts.stream().mapToInt(Part::size).sum();
  }

  /** A network before its first step, [size()]. */
  public float[] initial(CounterRandom random) {
    float[] values = new float[size()];
    int at = 0;
    for (Part part : parts) {
      for (int i = 0; i < part.size(); i++) {
        double moved = part.bound() == 0 ? 0 : part.bound() * (2 * random.nextDouble() - 1);
        values[at++] = (float) (part.centre() + moved);
      }
    }
    return values;
  }

  private record Part(int size, double centre, double bound) {}
}
