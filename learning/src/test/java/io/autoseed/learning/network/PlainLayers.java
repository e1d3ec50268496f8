package io.autoseed.learning.network;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** Layers in plain loops that take their parameters, one after the other, from a vector. */
public final class PlainLayers {
  private final double[] parameters;
  private int at;

  public PlainLayers(double[] parameters) {
    this.parameters = parameters;
  }

  /** Weights [out, in], then biases [out]. */
  public double[][] linear(double[][] x, int out) {
    int in = x[0].length;
    double[][] y = new double[x.length][out];
    for (int n = 0; n < x.length; n++) {
      for (int o = 0; o < out; o++) {
        y[n][o] = parameters[at + out * in + o];
        for (int i = 0; i < in; i++) {
          y[n][o] += x[n][i] * parameters[at + o * in + i];
        }
      }
    }
    at += out * in + out;
    return y;
  }

  /** Over the rows given, eps 1e-5; scales, then shifts. */
  public double[][] batchNorm(double[][] x) {
    int width = x[0].length;
    double[][] y = new double[x.length][width];
    for (int k = 0; k < width; k++) {
      int column = k;
      double mean = Arrays.stream(x).mapToDouble(row -> row[column]).average().orElseThrow();
      double variance =
          Arrays.stream(x)
              .mapToDouble(row -> (row[column] - mean) * (row[column] - mean))
              .average()
              .orElseThrow();
      for (int n = 0; n < x.length; n++) {
        double unit = (x[n][k] - mean) / Math.sqrt(variance + 1e-5);
        y[n][k] = unit * parameters[at + k] + parameters[at + width + k];
      }
    }
    at += 2 * width;
    return y;
  }

  /** The next {@code rows} times {@code columns} parameters as they are. */
  public double[][] matrix(int rows, int columns) {
    double[][] values = new double[rows][];
    for (int row = 0; row < rows; row++) {
      values[row] = Arrays.copyOfRange(parameters, at, at + columns);
      at += columns;
    }
    return values;
  }

  /** Parameters taken so far. */
  public int taken() {
    return at;
  }

  public static double[][] each(double[][] x, DoubleUnaryOperator activation) {
    return Arrays.stream(x)
        .map(row -> Arrays.stream(row).map(activation).toArray())
        .toArray(double[][]::new);
  }

  public static double leaky(double x) {
    return x > 0 ? x : 0.2 * x;
  }

  /** Rows of length 1. */
  public static double[][] units(double[][] x) {
    return Arrays.stream(x)
        .map(
            row -> {
              double length = Math.sqrt(Arrays.stream(row).map(v -> v * v).sum());
              return Arrays.stream(row).map(v -> v / length).toArray();
            })
        .toArray(double[][]::new);
  }

  public static float[] flat(double[][] x) {
    float[] values = new float[x.length * x[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) x[i / x[0].length][i % x[0].length];
    }
    return values;
  }

  public static float[] flat(double[] x) {
    return flat(new double[][] {x});
  }

  public static double[][] rows(float[] values, int columns) {
    double[][] rows = new double[values.length / columns][columns];
    for (int i = 0; i < values.length; i++) {
      rows[i / columns][i % columns] = values[i];
    }
    return rows;
  }
}
