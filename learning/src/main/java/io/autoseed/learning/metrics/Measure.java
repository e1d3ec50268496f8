package io.autoseed.learning.metrics;

import java.util.function.DoubleUnaryOperator;

/** The value of a metric, or why it has none. */
public sealed interface Measure {
  /** A measured value. */
  record Value(double value) implements Measure {}

  /** No value. {@code reason} says which cells or tasks are missing. */
  record Absent(String reason) implements Measure {}

  /** The value changed by {@code change}, or the same absence. */
  default Measure map(DoubleUnaryOperator change) {
    return this instanceof Value v ? new Value(change.applyAsDouble(v.value())) : this;
  }

  /** This plus {@code other}; absent if one of the two is. */
  default Measure plus(Measure other) {
    if (this instanceof Value mine) {
      return other.map(value -> mine.value() + value);
    }
    return this;
  }
}
