package io.autoseed.learning.encoder;

import java.util.Arrays;

/**
 * Resizes the shorter side to a given size and keeps the centre square, with the very bytes of
 * Pillow's antialiased bicubic filter (8 bit: coefficients in fixed point with 22 fraction bits,
 * the rows resampled first and rounded, then the columns). Only what the square needs is computed.
 *
 * <p>Source: Pillow, {@code src/libImaging/Resample.c}.
 */
final class BicubicCrop {
  private static final int FRACTION = 22;
  private static final int HALF = 1 << (FRACTION - 1);

  private BicubicCrop() {}

  /**
   * @param size side of the square in pixels
   * @return red, green, blue of each pixel, row by row; [size * size * 3], unsigned bytes
   */
  static byte[] square(RgbImage image, int size) {
    int shorter = Math.min(image.width(), image.height());
    long width = (long) StrictMath.rint((double) size * image.width() / shorter);
    long height = (long) StrictMath.rint((double) size * image.height() / shorter);
    Axis columns = Axis.of(image.width(), width, size);
    Axis rows = Axis.of(image.height(), height, size);
    int firstRow = rows.first[0];
    int lastRow = rows.first[size - 1] + rows.count[size - 1];
    int[] narrow = resampleRows(image, columns, firstRow, lastRow, size);
    return resampleColumns(narrow, rows, firstRow, size);
  }

  /** Rows firstRow..lastRow of the image at the new width: [rows, size * 3]. */
  private static int[] resampleRows(
      RgbImage image, Axis columns, int firstRow, int lastRow, int size) {
    byte[] in = image.samples();
    int[] out = new int[(lastRow - firstRow) * size * 3];
    int[] weights = columns.weights;
    int to = 0;
    for (int y = firstRow; y < lastRow; y++) {
      int row = y * image.width();
      for (int x = 0; x < size; x++) {
        int from = (row + columns.first[x]) * 3;
        int at = x * columns.taps;
        int red = HALF;
        int green = HALF;
        int blue = HALF;
        for (int end = at + columns.count[x]; at < end; at++, from += 3) {
          int weight = weights[at];
          red += (in[from] & 0xff) * weight;
          green += (in[from + 1] & 0xff) * weight;
          blue += (in[from + 2] & 0xff) * weight;
        }
        out[to++] = clip(red);
        out[to++] = clip(green);
        out[to++] = clip(blue);
      }
    }
    return out;
  }

  private static byte[] resampleColumns(int[] in, Axis rows, int firstRow, int size) {
    int width = size * 3;
    byte[] out = new byte[size * width];
    int[] sum = new int[width];
    for (int y = 0; y < size; y++) {
      Arrays.fill(sum, HALF);
      for (int tap = 0; tap < rows.count[y]; tap++) {
        addScaled(
            sum, in, (rows.first[y] + tap - firstRow) * width, rows.weights[y * rows.taps + tap]);
      }
      int to = y * width;
      for (int x = 0; x < width; x++) {
        out[to + x] = (byte) clip(sum[x]);
      }
    }
    return out;
  }

  /** A loop of its own, which the JIT turns into vector instructions. */
  private static void addScaled(int[] sum, int[] in, int from, int weight) {
    for (int x = 0; x < sum.length; x++) {
      sum[x] += in[from + x] * weight;
    }
  }

  private static int clip(int fixed) {
    return Math.max(0, Math.min(255, fixed >> FRACTION));
  }

  /**
   * For each output position of the centre crop: the first input position, the number of taps and
   * their fixed-point weights, {@code taps} of them reserved for each position.
   */
  private record Axis(int taps, int[] first, int[] count, int[] weights) {
    static Axis of(int in, long out, int size) {
      double scale = (double) in / out;
      double filterScale = Math.max(scale, 1.0);
      double support = 2.0 * filterScale;
      int taps = 1 + 2 * (int) StrictMath.ceil(support);
      long offset = (out - size) / 2;
      Axis axis = new Axis(taps, new int[size], new int[size], new int[size * taps]);
      double[] weights = new double[taps];
      for (int i = 0; i < size; i++) {
        double centre = (offset + i + 0.5) * scale;
        int first = Math.max((int) (centre - support + 0.5), 0);
        int count = Math.min((int) (centre + support + 0.5), in) - first;
        double total = 0;
        for (int tap = 0; tap < count; tap++) {
          weights[tap] = cubic((tap + first - centre + 0.5) * (1.0 / filterScale));
          total += weights[tap];
        }
        axis.first[i] = first;
        axis.count[i] = count;
        for (int tap = 0; tap < count; tap++) {
          axis.weights[i * taps + tap] = fixedPoint(weights[tap] / total);
        }
      }
      return axis;
    }

    private static int fixedPoint(double weight) {
      double scaled = weight * (1 << FRACTION);
      return (int) (weight < 0 ? scaled - 0.5 : scaled + 0.5);
    }

    /** Keys' cubic with a = -0.5. */
    private static double cubic(double t) {
      double a = -0.5;
      double x = Math.abs(t);
      if (x < 1.0) {
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1;
      }
      return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * a : 0;
    }
  }
}
